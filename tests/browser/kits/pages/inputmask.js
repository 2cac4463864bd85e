import Inputmask from 'inputmask';
import { field, has, isoOf, label, start, value } from './page.js';

const masked = (mask, more, told) => {
  const input = field(`<label for="tried">${label}</label> <input id="tried" value="${value}" ${has('disabled') ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}>`);
  Inputmask(mask, more).mask(input);
  return () => told(input.inputmask);
};
start({
  СНИЛС: () => masked('999-999-999 99', {}, (mask) => (mask.isComplete() ? mask.unmaskedvalue() : '')),
  phone: () => masked('+7 (999) 999-99-99', {}, (mask) => (mask.isComplete() ? mask.unmaskedvalue() : '')),
  date: () => masked('datetime', { inputFormat: 'dd.mm.yyyy' }, (mask) => isoOf(mask.isComplete() ? mask._valueGet() : '')),
});
