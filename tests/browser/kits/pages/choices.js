import Choices from 'choices.js';
import 'choices.js/public/assets/styles/choices.css';
import { field, has, label, options, slow, start, textOf, value } from './page.js';

const list = (more) => {
  const select = field(`<label for="tried">${label}</label> <select id="tried" ${has('disabled') ? 'disabled' : ''}><option value="">Выберите</option></select>`);
  const given = options.map(({ id, text }) => ({ value: id, label: text, selected: text === value }));
  if (!slow) given.forEach((one) => select.add(new Option(one.label, one.value, one.selected, one.selected)));
  const choices = new Choices(select, { shouldSort: false, itemSelectText: '', ...more });
  if (slow) setTimeout(() => choices.setChoices(given, 'value', 'label', false), slow);
  return () => textOf(choices.getValue(true) ?? '');
};
start({ select: () => list({}), 'select without a search': () => list({ searchEnabled: false }) });
