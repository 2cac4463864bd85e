// Angular compiled in the page (JIT): a component of one control around a form control.
import '@angular/compiler';
import { ChangeDetectorRef, Component, inject, provideZonelessChangeDetection } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { bootstrapApplication } from '@angular/platform-browser';
import { has, place } from './page.js';

export const show = async (template, imports, providers, initial, members = {}) => {
  const control = new FormControl({ value: initial, disabled: has('disabled') });
  class Page {
    constructor() {
      Object.assign(this, { control, readonly: has('read_only'), changed: inject(ChangeDetectorRef), ...members });
    }
  }
  const made = Component({ selector: 'kit-page', template, imports: [ReactiveFormsModule, ...imports] })(Page);
  place.innerHTML = '<kit-page></kit-page>';
  await bootstrapApplication(made, { providers: [provideZonelessChangeDetection(), ...providers] });
  return control;
};
