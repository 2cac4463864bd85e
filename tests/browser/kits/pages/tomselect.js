import TomSelect from 'tom-select';
import 'tom-select/dist/css/tom-select.css';
import { field, has, label, options, search, start, textOf, value } from './page.js';

const list = (more, given = options) => {
  const select = field(`<label for="tried">${label}</label> <select id="tried" placeholder="Выберите" ${has('disabled') ? 'disabled' : ''}><option value=""></option></select>`);
  given.forEach(({ id, text }) => select.add(new Option(text, id, text === value, text === value)));
  const tom = new TomSelect(select, { maxOptions: null, ...more });
  return () => textOf(tom.getValue());
};
const remote = { valueField: 'id', labelField: 'text', searchField: 'text', preload: has('stale') ? 'focus' : false, load: (query, done) => search(query).then(done) };
start({
  select: () => list({}),
  'select, search in the popup': () => list({ plugins: ['dropdown_input'] }),
  'select, remote': () => list(remote, options.filter(({ text }) => text === value)),
});
