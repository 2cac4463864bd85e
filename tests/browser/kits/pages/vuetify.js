import 'vuetify/styles';
import { createApp, h, ref } from 'vue';
import { createVuetify } from 'vuetify';
import * as components from 'vuetify/components';
import { ru } from 'vuetify/locale';
import { dateOf, has, idOf, iso, label, options, place, search, start, textOf, texts, value } from './page.js';

// An application is as high as the window, and so would the field be that stands in it.
document.head.insertAdjacentHTML('beforeend', '<style>.v-application .v-application__wrap { min-height: 0 }</style>');
const { VApp, VAutocomplete, VCheckbox, VDateInput, VRadio, VRadioGroup, VSelect, VSwitch, VTextField } = components;
const model = ref(null);
const shown = (kind, properties, initial, children) => {
  model.value = initial;
  const given = { label, disabled: has('disabled'), readonly: has('read_only') };
  const update = (next) => { model.value = next; };
  const page = () => h(VApp, () => h(kind, { ...given, ...properties, modelValue: model.value, 'onUpdate:modelValue': update }, children));
  createApp({ setup: () => page }).use(createVuetify({ components, locale: { locale: 'ru', messages: { ru } } })).mount(place);
};
const items = { itemTitle: 'text', itemValue: 'id' };
const list = (kind) => {
  shown(kind, { ...items, items: options }, idOf(value));
  return () => textOf(model.value);
};
const box = (kind) => {
  shown(kind, {}, Boolean(value));
  return () => (model.value ? 'yes' : '');
};
const Remote = {
  props: ['modelValue'],
  setup: (properties, { attrs }) => {
    const found = ref(has('stale') ? options : options.filter(({ text }) => text === value));
    const ask = (query) => search(query).then((next) => { found.value = next; });
    return () => h(VAutocomplete, { ...attrs, ...items, modelValue: properties.modelValue, items: found.value, noFilter: true, 'onUpdate:search': ask });
  },
};
start({
  'v-text-field': () => {
    shown(VTextField, {}, value);
    return () => model.value ?? '';
  },
  'v-select': () => list(VSelect),
  'v-autocomplete': () => list(VAutocomplete),
  'v-autocomplete, remote': () => {
    shown(Remote, {}, idOf(value));
    return () => textOf(model.value);
  },
  'v-date-input': () => {
    shown(VDateInput, { inputFormat: 'dd.mm.yyyy' }, dateOf(value));
    return () => iso(model.value ? new Date(model.value) : null);
  },
  'v-radio-group': () => {
    shown(VRadioGroup, {}, value, () => texts.map((text) => h(VRadio, { label: text, value: text })));
    return () => model.value ?? '';
  },
  'v-checkbox': () => box(VCheckbox),
  'v-switch': () => box(VSwitch),
});
