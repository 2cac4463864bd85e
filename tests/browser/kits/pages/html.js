import { field, has, isoOf, label, options, slow, start, texts, value } from './page.js';

const off = `${has('disabled') ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}`;
const dated = value && isoOf(value);
const boxes = texts.map((text) => `<label><input type="radio" name="tried" value="${text}" ${off} ${text === value ? 'checked' : ''}> ${text}</label>`);

start({
  text: () => {
    const input = field(`<label for="tried">${label}</label> <input id="tried" value="${value}" ${off}>`);
    return () => input.value;
  },
  select: () => {
    const list = field(`<label for="tried">${label}</label> <select id="tried" ${off}><option value="">Выберите</option></select>`);
    const add = () => options.forEach(({ id, text }) => list.add(new Option(text, id, text === value, text === value)));
    if (slow) setTimeout(add, slow); else add();
    return () => (list.value ? list.selectedOptions[0].text : '');
  },
  'input with datalist': () => {
    const input = field(`<label for="tried">${label}</label> <input id="tried" list="known" value="${value}" ${off}>
      <datalist id="known">${texts.map((text) => `<option value="${text}">`).join('')}</datalist>`);
    return () => input.value;
  },
  date: () => {
    const input = field(`<label for="tried">${label}</label> <input id="tried" type="date" value="${dated}" ${off}>`);
    return () => input.value;
  },
  radios: () => {
    field(`<fieldset id="tried"><legend>${label}</legend>${boxes.join('')}</fieldset>`);
    return () => new FormData(document.forms[0]).get('tried') ?? '';
  },
  checkbox: () => {
    const box = field(`<label><input type="checkbox" id="tried" ${off} ${value ? 'checked' : ''}> ${label}</label>`);
    return () => (box.checked ? 'yes' : '');
  },
});
