import { show } from './angular.js';
import { NgxMaskDirective, provideNgxMask } from 'ngx-mask';
import { isoOf, label, start, value } from './page.js';

const masked = async (attributes, initial = value.replace(/\D/g, ''), told = (text) => text.replace(/\D/g, '')) => {
  const template = `<label for="tried">${label}</label> <input id="tried" [formControl]="control" [readonly]="readonly" ${attributes}>`;
  const control = await show(template, [NgxMaskDirective], [provideNgxMask()], initial);
  return () => (control.valid ? told(control.value ?? '') : '');
};
start({
  СНИЛС: () => masked('mask="000-000-000 00"'),
  phone: () => masked('mask="(000) 000-00-00" prefix="+7 "', value.replace(/\D/g, '').slice(1)),
  date: () => masked('mask="d0.M0.0000" [dropSpecialCharacters]="false" [leadZeroDateTime]="true"', value, isoOf),
});
