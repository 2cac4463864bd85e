import { createElement as e, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Checkbox, ConfigProvider, DatePicker, Form, Radio, Select, Switch } from 'antd';
import ru from 'antd/locale/ru_RU';
import dayjs from 'dayjs';
import 'dayjs/locale/ru';
import { dateOf, has, idOf, iso, label, options, place, search, start, textOf, texts, value } from './page.js';

let model = null;
const items = (given) => given.map(({ id, text }) => ({ value: id, label: text }));
const shown = (render, initial, valueName = 'value') => {
  const Page = () => {
    const [form] = Form.useForm();
    model = () => form.getFieldValue('tried');
    const item = e(Form.Item, { name: 'tried', label, valuePropName: valueName }, render());
    return e(ConfigProvider, { locale: ru }, e(Form, { form, component: false, initialValues: { tried: initial } }, item));
  };
  flushSync(() => createRoot(place).render(e(Page)));
};
const off = { disabled: has('disabled') };
const Remote = (given) => {
  const [found, show] = useState(value ? options.filter(({ text }) => text === value) : []);
  const [first, past] = useState(true);
  const ask = (query) => search(query).then(show);
  const opened = () => { if (first && has('stale')) { past(false); ask(''); } };
  return e(Select, { ...given, ...off, showSearch: true, filterOption: false, onSearch: ask, onOpenChange: opened, options: items(found), placeholder: 'Выберите' });
};
const list = (more) => {
  shown(() => e(Select, { options: items(options), placeholder: 'Выберите', ...off, ...more }), idOf(value) ?? undefined);
  return () => textOf(model());
};
const box = (kind) => {
  shown(() => e(kind, off), Boolean(value), 'checked');
  return () => (model() ? 'yes' : '');
};
start({
  Select: () => list({ showSearch: false }),
  'Select, search': () => list({ showSearch: { optionFilterProp: 'label' } }),
  'Select, remote': () => {
    shown(() => e(Remote), idOf(value) ?? undefined);
    return () => textOf(model());
  },
  DatePicker: () => {
    shown(() => e(DatePicker, { format: 'DD.MM.YYYY', inputReadOnly: has('read_only'), ...off }), value ? dayjs(dateOf(value)) : null);
    return () => (model() ? iso(model().toDate()) : '');
  },
  'Radio.Group': () => {
    shown(() => e(Radio.Group, { options: texts.map((text) => ({ label: text, value: text })), ...off }), value);
    return () => model() ?? '';
  },
  Checkbox: () => box(Checkbox),
  Switch: () => box(Switch),
});
