import IMask from 'imask';
import { dateOf, field, has, iso, label, start, value } from './page.js';

const masked = (options, told) => {
  const input = field(`<label for="tried">${label}</label> <input id="tried" value="${value}" ${has('disabled') ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}>`);
  const mask = IMask(input, options);
  return () => told(mask);
};
const bare = (mask) => (mask.masked.isComplete ? mask.unmaskedValue : '');
start({
  СНИЛС: () => masked({ mask: '000-000-000 00', lazy: false }, bare),
  phone: () => masked({ mask: '+{7} (000) 000-00-00' }, (mask) => bare(mask).slice(1)),
  date: () => masked({ mask: Date, lazy: false, min: new Date(1900, 0, 1), max: new Date(2100, 0, 1) }, (mask) => (mask.masked.isComplete ? iso(dateOf(mask.value)) : '')),
});
