import flatpickr from 'flatpickr';
import 'flatpickr/dist/flatpickr.css';
import { Russian } from 'flatpickr/dist/l10n/ru.js';
import { field, has, iso, label, start, value } from './page.js';

const date = (more) => {
  const input = field(`<label for="tried">${label}</label> <input id="tried" ${has('disabled') ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}>`);
  const picker = flatpickr(input, { dateFormat: 'd.m.Y', locale: Russian, defaultDate: value || null, disableMobile: true, ...more });
  return () => iso(picker.selectedDates[0] ?? null);
};
start({
  'date, typing allowed': () => date({ allowInput: !has('read_only') }),
  'date, shown in another field': () => date({ allowInput: !has('read_only'), altInput: true, altFormat: 'd.m.Y', dateFormat: 'Y-m-d', defaultDate: value ? value.split('.').reverse().join('-') : null }),
  'date, by the calendar only': () => date({}),
});
