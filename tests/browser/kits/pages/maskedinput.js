import $ from 'jquery';
import { field, has, isoOf, label, start, value } from './page.js';

window.jQuery = $;
const masked = (mask, told) => {
  const input = field(`<label for="tried">${label}</label> <input id="tried" value="${value}" ${has('disabled') ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}>`);
  $(input).mask(mask);
  return () => told(input);
};
const bare = (input) => $(input).mask();
import('jquery.maskedinput/src/jquery.maskedinput.js').then(() => start({
  СНИЛС: () => masked('999-999-999 99', bare),
  phone: () => masked('+7 (999) 999-99-99', bare),
  date: () => masked('99.99.9999', (input) => isoOf(input.value)),
}));
