import { show } from './angular.js';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { DateAdapter, MAT_DATE_LOCALE, NativeDateAdapter, provideNativeDateAdapter } from '@angular/material/core';
import { MatDatepickerModule } from '@angular/material/datepicker';
import { MatInputModule } from '@angular/material/input';
import { MatRadioModule } from '@angular/material/radio';
import { MatSelectModule } from '@angular/material/select';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import 'material-theme';
import { dateOf, has, idOf, iso, label, options, search, start, textOf, texts, value } from './page.js';

class RussianDates extends NativeDateAdapter {
  parse(text) {
    const found = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text ?? '');
    return found ? new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1])) : text ? new Date(NaN) : null;
  }
}
const dates = [...provideNativeDateAdapter(), { provide: DateAdapter, useClass: RussianDates }, { provide: MAT_DATE_LOCALE, useValue: 'ru-RU' }];
const box = async (tag, module) => {
  const control = await show(`<${tag} [formControl]="control">${label}</${tag}>`, [module], [], Boolean(value));
  return () => (control.value ? 'yes' : '');
};

start({
  matInput: async () => {
    const template = `<mat-form-field><mat-label>${label}</mat-label><input matInput [formControl]="control" [readonly]="readonly"></mat-form-field>`;
    const control = await show(template, [MatInputModule], [], value);
    return () => control.value ?? '';
  },
  'mat-select': async () => {
    const template = `<mat-form-field><mat-label>${label}</mat-label><mat-select [formControl]="control">
      @for (one of options; track one.id) { <mat-option [value]="one.id">{{ one.text }}</mat-option> }</mat-select></mat-form-field>`;
    const control = await show(template, [MatSelectModule], [], idOf(value), { options });
    return () => textOf(control.value);
  },
  'mat-autocomplete, must match': async () => {
    const template = `<mat-form-field><mat-label>${label}</mat-label>
      <input matInput [formControl]="control" [matAutocomplete]="auto" [readonly]="readonly" (input)="ask($event.target.value)" (focus)="first()">
      <mat-autocomplete #auto="matAutocomplete" requireSelection [displayWith]="text">
      @for (one of found; track one.id) { <mat-option [value]="one.id">{{ one.text }}</mat-option> }</mat-autocomplete></mat-form-field>`;
    let [asked, page] = [0, null];
    const members = {
      text: textOf,
      found: has('slow') ? [] : options,
      ask(query) {
        const number = ++asked;
        page = this;
        search(query).then((next) => { if (number === asked) { page.found = next; page.changed.markForCheck(); } });
      },
      first() {
        if (has('slow') && !this.found.length) this.ask('');
      },
    };
    const control = await show(template, [MatInputModule, MatAutocompleteModule], [], idOf(value), members);
    return () => textOf(control.value);
  },
  datepicker: async () => {
    const template = `<mat-form-field><mat-label>${label}</mat-label>
      <input matInput [matDatepicker]="picker" [formControl]="control" [readonly]="readonly">
      <mat-datepicker-toggle matIconSuffix [for]="picker"></mat-datepicker-toggle><mat-datepicker #picker></mat-datepicker></mat-form-field>`;
    const control = await show(template, [MatInputModule, MatDatepickerModule], dates, dateOf(value));
    return () => iso(control.value);
  },
  'mat-radio-group': async () => {
    const template = `<label id="name">${label}</label><mat-radio-group aria-labelledby="name" [formControl]="control">
      @for (one of texts; track $index) { <mat-radio-button [value]="one">{{ one }}</mat-radio-button> }</mat-radio-group>`;
    const control = await show(template, [MatRadioModule], [], value, { texts });
    return () => control.value ?? '';
  },
  'mat-checkbox': () => box('mat-checkbox', MatCheckboxModule),
  'mat-slide-toggle': () => box('mat-slide-toggle', MatSlideToggleModule),
});
