import $ from 'jquery';
import 'jquery-ui/dist/themes/base/jquery-ui.css';
import { field, has, iso, isoOf, label, options, search, start, textOf, texts, value } from './page.js';

window.jQuery = $;
const off = `${has('disabled') ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}`;
const box = (type, text, ticked) => `<label><input type="${type}" name="tried" value="${text}" ${off} ${ticked ? 'checked' : ''}>${text}</label>`;

import('jquery-ui/dist/jquery-ui.js').then(() => start({
  datepicker: () => {
    const input = field(`<label for="tried">${label}</label> <input id="tried" value="${value}" ${off}>`);
    $(input).datepicker({ dateFormat: 'dd.mm.yy', changeYear: true });
    return () => (input.value ? iso($(input).datepicker('getDate')) : '');
  },
  'autocomplete, must match': () => {
    const input = field(`<label for="tried">${label}</label> <input id="tried" value="${value}" ${off}>`);
    let chosen = value;
    $(input).autocomplete({
      minLength: 0,
      delay: 100,
      source: ({ term }, answer) => search(term).then((found) => answer(found.map(({ text }) => text))),
      select: (_, { item }) => { chosen = item.value; },
      change: (_, { item }) => { if (!item) { chosen = ''; input.value = ''; } },
    });
    return () => (input.value === chosen ? chosen : '');
  },
  selectmenu: () => {
    const list = field(`<label for="tried">${label}</label> <select id="tried" ${off}><option value=""></option></select>`);
    options.forEach(({ id, text }) => list.add(new Option(text, id, text === value, text === value)));
    $(list).selectmenu({ width: 250 }).selectmenu('menuWidget').css({ maxHeight: 200, overflow: 'auto' });
    return () => textOf(list.value);
  },
  'checkboxradio: radios': () => {
    field(`<fieldset id="tried"><legend>${label}</legend>${texts.map((text) => box('radio', text, text === value)).join('')}</fieldset>`);
    $('input', '#tried').checkboxradio();
    return () => $('input:checked', '#tried').val() ?? '';
  },
  'checkboxradio: checkbox': () => {
    field(`<div id="tried">${box('checkbox', label, value)}</div>`);
    $('input', '#tried').checkboxradio();
    return () => ($('input', '#tried').prop('checked') ? 'yes' : '');
  },
}));
