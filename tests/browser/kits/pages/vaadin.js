import '@vaadin/combo-box';
import '@vaadin/date-picker';
import '@vaadin/radio-group';
import '@vaadin/checkbox';
import '@vaadin/select';
import '@vaadin/vaadin-lumo-styles/lumo.css';
import { field, has, idOf, iso, isoOf, label, options, search, slow, start, textOf, texts, value } from './page.js';

const made = (tag, properties) => {
  field(`<${tag} id="tried" label="${label}"></${tag}>`);
  return Object.assign(document.getElementById('tried'), { disabled: has('disabled'), readonly: has('read_only'), ...properties });
};
const items = { itemLabelPath: 'text', itemValuePath: 'id', itemIdPath: 'id' };
const dates = {
  formatDate: ({ day, month, year }) => `${String(day).padStart(2, '0')}.${String(month + 1).padStart(2, '0')}.${year}`,
  parseDate: (text) => {
    const [day, month, year] = text.split('.').map(Number);
    return year ? { day, month: month - 1, year } : undefined;
  },
};
start({
  'combo box': () => {
    const box = made('vaadin-combo-box', { ...items, items: options, value: idOf(value) ?? '' });
    return () => textOf(box.value);
  },
  'combo box, remote': () => {
    const dataProvider = ({ filter, page, pageSize }, done) => search(filter).then((found) => done(found.slice(page * pageSize, (page + 1) * pageSize), found.length));
    const box = made('vaadin-combo-box', { ...items, dataProvider });
    if (value) box.selectedItem = options.find(({ text }) => text === value);
    return () => box.selectedItem?.text ?? '';
  },
  select: () => {
    const list = made('vaadin-select', { items: options.map(({ id, text }) => ({ label: text, value: id })), value: idOf(value) ?? '' });
    return () => textOf(list.value);
  },
  'date picker': () => {
    const picker = made('vaadin-date-picker', { value: isoOf(value) });
    picker.i18n = { ...picker.i18n, ...dates };
    return () => picker.value;
  },
  'radio group': () => {
    field(`<vaadin-radio-group id="tried" label="${label}">${texts.map((text) => `<vaadin-radio-button value="${text}" label="${text}"></vaadin-radio-button>`).join('')}</vaadin-radio-group>`);
    const group = Object.assign(document.getElementById('tried'), { value, disabled: has('disabled'), readonly: has('read_only') });
    return () => group.value ?? '';
  },
  checkbox: () => {
    const box = made('vaadin-checkbox', { checked: Boolean(value) });
    return () => (box.checked ? 'yes' : '');
  },
});
