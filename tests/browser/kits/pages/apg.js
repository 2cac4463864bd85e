// Patterns of the WAI-ARIA Authoring Practices Guide 1.2 (combobox, listbox, radio group, checkbox, switch, date picker
// dialog), written from their descriptions of roles, states and keys.
import { dateOf, field, has, iso, isoOf, label, options, search, slow, start, texts, value } from './page.js';

const off = has('disabled');
const disabled = off ? 'aria-disabled="true"' : '';
const caption = `<span id="name">${label}</span>`;
const BOX = 'display:inline-block;width:250px;min-height:20px;border:1px solid';
const LIST = 'position:absolute;z-index:9;width:250px;max-height:160px;overflow:auto;margin:0;padding:0;background:#fff;border:1px solid';

// A list of options that a control owns: shown, walked by keys, chosen from.
const popup = (holder, choose) => {
  const list = document.createElement('ul');
  Object.assign(list, { id: 'list', hidden: true });
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-labelledby', 'name');
  list.style = LIST;
  holder.after(list);
  let at = -1;
  const items = () => [...list.children];
  const mark = (next) => {
    at = Math.max(0, Math.min(next, items().length - 1));
    items().forEach((item, index) => item.setAttribute('aria-selected', index === at));
    items()[at]?.scrollIntoView({ block: 'nearest' });
    holder.setAttribute('aria-activedescendant', items()[at]?.id ?? '');
  };
  const show = (found) => {
    at = -1;
    list.replaceChildren(...found.map(({ id, text }) => {
      const item = document.createElement('li');
      Object.assign(item, { id, textContent: text });
      item.setAttribute('role', 'option');
      item.onmousedown = (event) => event.preventDefault();
      item.onclick = () => { close(); choose(text); };
      return item;
    }));
  };
  const open = () => { list.hidden = false; holder.setAttribute('aria-expanded', 'true'); };
  const close = () => { list.hidden = true; holder.setAttribute('aria-expanded', 'false'); };
  const keys = (event) => {
    const move = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Infinity }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && at >= 0 && !list.hidden) items()[at].click();
    else if (list.hidden && /ArrowDown|ArrowUp| |Enter/.test(event.key)) open();
    else if (move !== undefined) mark(move);
    else return;
    event.preventDefault();
  };
  return { list, show, open, close, keys, isOpen: () => !list.hidden };
};

const selectOnly = (html) => {
  const box = field(html);
  const showing = box.querySelector('#showing') ?? box;
  let chosen = value;
  showing.textContent = chosen || 'Выберите';
  const drop = popup(box, (text) => { chosen = text; showing.textContent = text; });
  if (slow) setTimeout(() => drop.show(options), slow); else drop.show(options);
  if (!off) {
    box.onclick = () => (drop.isOpen() ? drop.close() : drop.open());
    box.onkeydown = drop.keys;
    box.onblur = drop.close;
  }
  return () => chosen;
};

const radios = (active) => {
  const items = texts.map((text, at) => `<div role="radio" id="r${at}" aria-checked="${text === value}" ${disabled} ${active ? '' : `tabindex="${at ? -1 : 0}"`} style="padding:4px">${text}</div>`);
  const group = field(`<h3 id="name">${label}</h3><div id="tried" role="radiogroup" aria-labelledby="name" ${disabled} ${active ? 'tabindex="0"' : ''}>${items.join('')}</div>`);
  const all = [...group.querySelectorAll('[role=radio]')];
  const check = (one) => all.forEach((other) => other.setAttribute('aria-checked', String(other === one)));
  if (!off) all.forEach((one) => { one.onclick = () => check(one); });
  return () => all.find((one) => one.getAttribute('aria-checked') === 'true')?.textContent ?? '';
};

const box = (role) => {
  const one = field(`<div id="tried" role="${role}" tabindex="0" aria-checked="${Boolean(value)}" ${disabled}>${label}</div>`);
  const turn = () => one.setAttribute('aria-checked', String(one.getAttribute('aria-checked') !== 'true'));
  if (!off) Object.assign(one, { onclick: turn, onkeydown: (event) => { if (event.key === ' ') { event.preventDefault(); turn(); } } });
  return () => (one.getAttribute('aria-checked') === 'true' ? 'yes' : '');
};

const calendar = (month, choose) => {
  const [year, number] = [month.getFullYear(), month.getMonth()];
  const first = new Date(year, number, 1 - ((new Date(year, number, 1).getDay() + 6) % 7));
  const cells = Array.from({ length: 42 }, (_, at) => new Date(first.getFullYear(), first.getMonth(), first.getDate() + at));
  const days = cells.map((day) => `<td role="gridcell" tabindex="-1" data-date="${iso(day)}" ${day.getMonth() === number ? '' : 'aria-disabled="true"'}>${day.getDate()}</td>`);
  const rows = [0, 7, 14, 21, 28, 35].map((at) => `<tr>${days.slice(at, at + 7).join('')}</tr>`);
  const table = document.createElement('table');
  table.setAttribute('role', 'grid');
  table.innerHTML = rows.join('');
  table.onclick = (event) => { const day = event.target.dataset.date; if (day && !event.target.ariaDisabled) choose(day); };
  return table;
};

start({
  'editable combobox': () => {
    const box = field(`<label for="tried">${label}</label> <input id="tried" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="list" value="${value}" ${off ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}>`);
    let [chosen, asked] = [value, 0];
    const drop = popup(box, (text) => { chosen = text; box.value = text; });
    if (!slow || has('stale')) drop.show(options);
    const ask = () => {
      const number = ++asked;
      if (!slow) search(box.value).then(drop.show);
      else search(box.value).then((found) => { if (number === asked) drop.show(found); });
    };
    box.oninput = () => { chosen = ''; drop.open(); ask(); };
    if (!has('read_only')) {
      box.onclick = () => { drop.open(); if (!box.value && !has('stale')) ask(); };
      box.onkeydown = (event) => { if (!/^( |Home|End)$/.test(event.key)) drop.keys(event); };
    }
    box.onblur = () => { drop.close(); if (!chosen) box.value = ''; };
    return () => chosen;
  },
  'select-only combobox': () => selectOnly(`${caption} <div id="tried" role="combobox" tabindex="0" aria-labelledby="name" aria-haspopup="listbox" aria-expanded="false" aria-controls="list" ${disabled} style="${BOX}"></div>`),
  'button with listbox': () => selectOnly(`${caption} <button type="button" id="tried" aria-labelledby="name showing" aria-haspopup="listbox" aria-expanded="false" ${off ? 'disabled' : ''} style="${BOX}"><span id="showing"></span></button>`),
  listbox: () => {
    const list = field(`${caption}<ul id="tried" role="listbox" tabindex="0" aria-labelledby="name" ${disabled} style="width:250px;height:120px;overflow:auto;padding:0">${options.map(({ id, text }) => `<li role="option" id="${id}" aria-selected="${text === value}">${text}</li>`).join('')}</ul>`);
    const all = [...list.children];
    if (!off) list.onclick = (event) => all.forEach((one) => one.setAttribute('aria-selected', String(one === event.target)));
    return () => all.find((one) => one.getAttribute('aria-selected') === 'true')?.textContent ?? '';
  },
  'radio group': () => radios(false),
  'radio group, active descendant': () => radios(true),
  checkbox: () => box('checkbox'),
  switch: () => box('switch'),
  'date picker dialog': () => {
    const input = field(`<label for="tried">${label}</label> <input id="tried" placeholder="дд.мм.гггг" value="${value}" ${off ? 'disabled' : ''} ${has('read_only') ? 'readonly' : ''}> <button type="button" id="open" aria-label="Выбрать дату" ${off || has('read_only') ? 'disabled' : ''}>▦</button>`);
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-label', 'Выбор даты');
    Object.assign(dialog, { hidden: true, style: 'position:absolute;background:#fff;border:1px solid' });
    input.parentElement.append(dialog);
    const choose = (day) => { input.value = day.split('-').reverse().join('.'); dialog.hidden = true; input.focus(); };
    document.getElementById('open').onclick = () => { dialog.hidden = false; dialog.replaceChildren(calendar(dateOf(input.value) ?? new Date(), choose)); };
    dialog.onkeydown = (event) => { if (event.key === 'Escape') dialog.hidden = true; };
    return () => isoOf(input.value);
  },
});
