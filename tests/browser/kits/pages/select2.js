import $ from 'jquery';
import select2 from 'select2';
import 'select2/dist/css/select2.css';
import { field, has, idOf, label, options, search, start, textOf, value } from './page.js';

select2(window, $);
const list = (more, given = options) => {
  field(`<label for="tried">${label}</label> <select id="tried" style="width:250px" ${has('disabled') ? 'disabled' : ''}><option></option></select>`);
  const tried = $('#tried');
  given.forEach(({ id, text }) => tried.append(new Option(text, id, text === value, text === value)));
  tried.select2({ placeholder: 'Выберите', ...more });
  return () => textOf(tried.val());
};
start({
  select: () => list({}),
  'select without a search': () => list({ minimumResultsForSearch: Infinity }),
  'select, remote': () => {
    const transport = ({ data }, success) => search(data.q).then((found) => success({ results: found }));
    return list({ ajax: { transport, delay: 100 } }, value ? [{ id: idOf(value), text: value }] : []);
  },
});
