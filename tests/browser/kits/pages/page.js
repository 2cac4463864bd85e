// What all pages of kits share: the form around the tried control, its manners from the address, and a portal that
// gives options late. A kit's entry calls `start` with its controls: each builds itself and returns its own model.
// `label` and `form` come from the address too: the control's own caption, and the HTML that it stands in.

const manners = new URLSearchParams(location.hash.slice(1));
export const has = (manner) => manners.has(manner);
export const value = manners.get('value') ?? '';
export const label = manners.get('label') ?? 'Поле';
export const texts = (manners.get('options') ?? '').split('|').filter(Boolean);
export const options = texts.map((text, at) => ({ id: `o${at}`, text }));
export const textOf = (id) => options.find((one) => one.id === id)?.text ?? '';
export const idOf = (text) => options.find((one) => one.text === text)?.id ?? null;
export const slow = Number(manners.get('slow') ?? 0);

export const iso = (date) => {
  if (!date || Number.isNaN(date.getTime())) return '';
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
export const isoOf = (text) => (/^\d\d\.\d\d\.\d{4}$/.test(text) ? text.split('.').reverse().join('-') : text);
export const dateOf = (text) => (text ? new Date(...text.split('.').reverse().map((part, at) => Number(part) - (at === 1 ? 1 : 0))) : null);

// The portal's answer to a search: what holds the query, after `slow` milliseconds.
export const search = (query) => {
  const found = options.filter((one) => one.text.toLowerCase().includes((query ?? '').trim().toLowerCase()));
  return new Promise((done) => { setTimeout(() => done(found), slow); });
};

export const place = document.createElement('div');
export const field = (html) => {
  place.innerHTML = html;
  return place.querySelector('#tried');
};
export const start = async (controls) => {
  const form = manners.get('form') ?? `<p><label for="before">Прежнее</label> <input id="before"></p><div id="place"></div>
    <p><label for="after">Дальнейшее</label> <input id="after"></p>`;
  document.body.setHTMLUnsafe(`<h1>Форма</h1><form onsubmit="return false">${form}</form><div style="height:400px"></div>`);
  document.getElementById('place').append(place);
  const model = await controls[manners.get('control')]();
  const held = (id) => document.getElementById(id)?.value ?? '';
  window.state = () => ({ model: model(), before: held('before'), after: held('after') });
};
