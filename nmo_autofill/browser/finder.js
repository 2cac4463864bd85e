/* The finder: which control a person means by a text. It only reads the page; only `pointed` keeps one click from it.

   Evaluates to a function of the look-alike table of nmo_autofill/folding.py. The function returns Playwright's selector
   engine (`engine`), and beside it what Python asks through `evaluate`.
   Order of label inference: DESIGN section 5. */
(lookAlikes) => {
  // --- one look
  // Nothing changes the page until this script lets go of it: what was found out is not asked again till then.
  let known = null;
  const forget = async () => {
    await null; // the page's own promises and timers may be others than the language's
    known = null;
  };
  const once = (tell) => (what) => {
    if (!known) [known] = [new Map(), forget()];
    if (!known.has(tell)) known.set(tell, new Map());
    const told = known.get(tell);
    if (!told.has(what)) told.set(what, tell(what));
    return told.get(what);
  };

  // --- folding: the same as nmo_autofill/folding.py, kept in step by tests/browser/test_finder.py
  const SPACES = /[\s\x1c-\x1f\x85]+/g;
  const fold = once((text) => {
    const visible = text.normalize('NFKC').replace(/\p{Cf}/gu, '').replace(/[‐‑‒–—−]/g, '-');
    const spaced = visible.replace(SPACES, ' ').replace(/^ /, '').replace(/[ *:]+$/, '');
    const cyrillic = (word) => [...word].map((letter) => lookAlikes[letter] ?? letter).join('');
    const words = spaced.split(' ').map((word) => (/[а-яё]/iu.test(word) ? cyrillic(word) : word));
    return words.join(' ').toLowerCase().replaceAll('ё', 'е');
  });
  const noise = (text) => !/[\p{L}\p{N}]/u.test(text);

  // --- the page as a tree that goes through open shadow roots
  const BUTTON = 'button, a, summary, [role=button], [role=link], [role=tab], [role=menuitem], input[type=submit], input[type=button], input[type=reset], input[type=image]';
  const CONTROL = [
    'input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=file])',
    'textarea', 'select', '[contenteditable=""]', '[contenteditable=true]', '[aria-haspopup=listbox]', '[role=listbox][aria-haspopup]', // the last: Choices.js 11.2 without a search
    ...['combobox', 'textbox', 'searchbox', 'spinbutton', 'checkbox', 'switch', 'radio'].map((role) => `[role=${role}]`),
  ].join(', ');
  const DIALOG = 'dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]';
  const BOUNDARY = `body, main, form, fieldset, [role=form], [role=radiogroup], ${DIALOG}`;
  const HEADING = 'h1, h2, h3, h4, h5, h6, legend, [role=heading]';
  const MUTE = `script, style, template, noscript, option, datalist, button, [role=button], [role=listbox], [role=alert], [role=tooltip], ${CONTROL}`;

  // A root, and the open shadow roots within it.
  const rootsFrom = once((root) => {
    const hosts = [root, ...root.querySelectorAll('*')].filter((host) => host.shadowRoot);
    return [root, ...hosts.flatMap((host) => rootsFrom(host.shadowRoot))];
  });
  const deep = (root, selector) => rootsFrom(root).flatMap((one) => [...one.querySelectorAll(selector)]);
  const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const closest = (node, selector) => {
    for (let at = node; at; at = parentOf(at)) if (at.matches?.(selector)) return at;
    return null;
  };
  const within = (outer, node) => {
    for (let at = node; at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };
  const role = (element) => (element.getAttribute('role') ?? '').trim().toLowerCase().split(' ')[0];

  // --- what a person sees
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const CLIPPED = /hidden|clip/;
  // Where one axis of a box lies in a frame: within it or free of it, wound out of its sight, or cut off by it.
  const lies = (start, end, from, to, overflow, wound) => {
    if (end > from && start < to) return 'within';
    if (/auto|scroll/.test(overflow)) return end + wound > from ? 'wound' : 'cut';
    return CLIPPED.test(overflow) ? 'cut' : 'within';
  };
  // The box of an element as a person can bring it into sight; null where something cuts it off. What a scroll container
  // holds is where the container is.
  const cut = once((at) => {
    const { display, position, overflowX, overflowY } = getComputedStyle(at);
    return { display, position, overflowX, overflowY, frame: at.getBoundingClientRect(), left: at.scrollLeft, top: at.scrollTop };
  });
  const inSight = (element) => {
    let [box, position] = [element.getBoundingClientRect(), getComputedStyle(element).position];
    if (box.width <= 1 || box.height <= 1) return null;
    for (let at = parentOf(element); at && !at.matches('body, html') && position !== 'fixed'; at = parentOf(at)) {
      const around = cut(at);
      const { frame } = around;
      if (position === 'absolute' && around.position === 'static') continue;
      const across = lies(box.left, box.right, frame.left, frame.right, around.overflowX, around.left);
      const down = lies(box.top, box.bottom, frame.top, frame.bottom, around.overflowY, around.top);
      const found = around.display === 'contents' ? [] : [across, down];
      if (found.includes('cut')) return null;
      if (found.includes('wound')) box = frame;
      position = around.position;
    }
    return box;
  };
  const seen = once((element) => {
    const box = shown(element) && inSight(element);
    const view = element.ownerDocument.defaultView;
    return Boolean(box && view) && box.right + view.scrollX > 0 && box.bottom + view.scrollY > 0;
  });

  // --- lists that are no popup, and lists whose input the kit hides in a box of its own
  const combo = (element) => role(element) === 'combobox' || element.getAttribute('aria-haspopup') === 'listbox' || role(parentOf(element) ?? element) === 'combobox';
  const positioned = (element) => /absolute|fixed/.test(getComputedStyle(element).position);
  // The nearest element out of the page's flow that fits: this one, or one around it below `limit`.
  const popupOf = (element, limit = document.body, fits = () => true) => {
    for (let at = element; at && at !== limit; at = parentOf(at)) if (positioned(at) && fits(at)) return at;
    return null;
  };
  const floats = (element) => popupOf(element) !== null;
  // A listbox that stands in the form with a name of its own: a field, not the popup of one.
  const standing = (element) => {
    if (role(element) !== 'listbox' || element.hasAttribute('aria-haspopup') || element.getAttribute('aria-multiselectable') === 'true') return false;
    const named = element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby');
    const id = CSS.escape(element.id);
    const owner = element.id && element.getRootNode().querySelector(`[aria-controls~="${id}"], [aria-owns~="${id}"]`);
    return named && !owner && !closest(parentOf(element), CONTROL) && !floats(element);
  };
  // The elements close around a control, the nearest first.
  const wraps = function* (control) {
    for (let [at, level] = [parentOf(control), 0]; at && level < 3 && !at.matches(BOUNDARY); [at, level] = [parentOf(at), level + 1]) yield at;
  };
  // The box that a person sees in place of an input that its kit makes transparent or moves away once a value is chosen
  // (Tom Select 2.6, Vuetify 4.3), or covers with the chosen text (Ant Design 6.6).
  const shared = (wrap, control) => deep(wrap, CONTROL).some((other) => other !== control && !within(other, control) && seen(other));
  const boxOf = (control) => {
    if (!combo(control)) return null;
    for (const at of wraps(control)) {
      if (shared(at, control)) return null;
      if (seen(at)) return at;
    }
    return null;
  };

  // --- texts: one line a block, controls and buttons left out
  const children = (node) => {
    if (node.shadowRoot) return node.shadowRoot.childNodes;
    const assigned = node.localName === 'slot' ? node.assignedNodes({ flatten: true }) : [];
    return assigned.length ? assigned : node.childNodes;
  };
  const inline = (node) => node.nodeType !== Node.ELEMENT_NODE || (node.localName !== 'br' && /^(inline|contents)/.test(getComputedStyle(node).display));
  const raw = (node, mute = MUTE) => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue.replace(SPACES, ' ');
    if (node.nodeType !== Node.ELEMENT_NODE) return '';
    if (node.localName === 'br' || (mute && node.matches(mute))) return '\n';
    if (getComputedStyle(node).display !== 'contents' && !shown(node)) return '';
    const inner = [...children(node)].map((child) => raw(child, mute)).join('');
    return inline(node) ? inner : `\n${inner}\n`;
  };
  const lines = (text) => text.split('\n').map((line) => line.replace(SPACES, ' ').trim()).filter((line) => !noise(line));
  const readings = (text) => {
    const parts = lines(text);
    return parts.length ? [...new Set([parts.join(' '), parts[0]])] : [];
  };
  const ownText = (element) => {
    const text = [...children(element)].map((child) => raw(child, `script, style, template, svg, ${CONTROL}`)).join('');
    return text.split('\n').map((line) => line.trim()).filter(Boolean).join('\n');
  };

  // --- controls and their shapes
  const typed = (element) => /^(input|textarea)$/.test(element.localName) || element.isContentEditable;
  const shape = once((element) => {
    const named = role(element);
    const type = element.localName === 'input' ? element.type : '';
    if (type === 'radio' || named === 'radio') return 'radio';
    if (type === 'checkbox' || named === 'checkbox' || named === 'switch') return 'box';
    return element.localName === 'select' || !typed(element) ? 'list' : 'text';
  });
  const members = once((radio) => {
    const group = closest(radio, '[role=radiogroup]');
    if (radio.localName === 'input' && radio.name) {
      const sharing = deep(radio.form ?? group ?? radio.getRootNode(), 'input[type=radio]');
      return sharing.filter((other) => other.name === radio.name && other.form === radio.form);
    }
    return deep(group ?? closest(radio, 'fieldset') ?? parentOf(radio), 'input[type=radio], [role=radio]');
  });
  const labelElements = once((element) => {
    const ids = [];
    for (let at = element; at; at = at.getRootNode().host) if (at.id) ids.push([at.getRootNode(), at.id]);
    const pointing = ids.flatMap(([root, id]) => [...root.querySelectorAll(`label[for="${CSS.escape(id)}"]`)]);
    const inner = combo(element) || role(element) === 'listbox' ? deep(element, 'select').filter((one) => !seen(one)).flatMap((one) => [...one.labels]) : [];
    const around = closest(element, 'label');
    const wrapping = around && !around.htmlFor && (!around.control || around.control === element || !element.labels) ? [around] : [];
    return [...new Set([...(element.labels ?? []), ...pointing, ...inner, ...wrapping])];
  });
  const seenBox = (element) => seen(element) || labelElements(element).some(seen);
  const seenControl = (element) => {
    if (shape(element) === 'radio') return members(element).some(seenBox);
    return shape(element) === 'box' ? seenBox(element) : seen(element) || Boolean(boxOf(element));
  };
  const controlsIn = (scope) => {
    const all = [...deep(scope, CONTROL), ...deep(scope, '[role=listbox]').filter(standing)].filter(seenControl);
    all.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    // A search line in the popup that a list holds within itself (Choices.js 11.2) is a part of the list.
    const inPopup = (inner, outer) => popupOf(parentOf(inner), outer, (at) => deep(at, '[role=listbox]').length) !== null;
    const [known, parts] = [new Set(all), new Set()];
    for (const inner of all) for (let at = parentOf(inner); at; at = parentOf(at)) if (known.has(at)) parts.add(inPopup(inner, at) ? inner : at);
    return all.filter((one) => !parts.has(one) && (shape(one) !== 'radio' || members(one)[0] === one));
  };

  // --- names written for the control: <label>, aria-labelledby, aria-label, legend
  const pointedAt = (element, attribute) =>
    (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean)
      .map((id) => element.getRootNode().getElementById?.(id) ?? element.ownerDocument.getElementById(id)).filter(Boolean);
  // An option is no name: what is chosen (jQuery UI 1.14 points at it).
  const byIds = (element, attribute) => pointedAt(element, attribute).filter((found) => !within(element, found) && !closest(found, '[role=option]'));
  const textOf = once((element) => raw(element) || element.textContent);
  const groupOf = (radio) => {
    const group = closest(radio, '[role=radiogroup], fieldset, [role=group]');
    return group && members(radio).every((member) => within(group, member)) ? group : null;
  };
  // A group that holds more than the radios: its name is theirs beside the one that stands nearer to them.
  const mixed = once((radio) => {
    const theirs = (other) => members(radio).some((member) => within(member, other) || within(other, member));
    return deep(groupOf(radio), CONTROL).some((other) => !theirs(other) && seenControl(other));
  });
  // What names a control besides itself.
  const holder = (element) => {
    if (shape(element) === 'text') return closest(parentOf(element), '[role=combobox]');
    return shape(element) === 'radio' ? groupOf(element) : null;
  };
  const namesOfGroup = (group) => [...byIds(group, 'aria-labelledby'), ...[group.querySelector(':scope > legend')].filter(Boolean)];
  const textsOf = (sources, spoken) => {
    const together = sources.map((source) => lines(textOf(source)).join(' ')).join(' ');
    return { sources, texts: [...sources.flatMap((source) => readings(textOf(source))), ...readings(together)], spoken: noise(spoken ?? '') ? [] : [spoken] };
  };
  const writtenOfGroup = (group) => textsOf(namesOfGroup(group), group.getAttribute('aria-label'));
  const written = (element) => {
    const outer = holder(element);
    if (shape(element) === 'radio') return outer && !mixed(element) ? writtenOfGroup(outer) : textsOf([]);
    const sources = [element, outer].filter(Boolean).flatMap((one) => [...labelElements(one), ...byIds(one, 'aria-labelledby')]);
    const own = shape(element) === 'box' && element.localName !== 'input' && !sources.length ? ownText(element) : '';
    return textsOf(sources, element.getAttribute('aria-label') || outer?.getAttribute('aria-label') || own);
  };
  const told = ({ texts, spoken }) => (texts.length ? texts : spoken);

  // --- where texts stand
  const frameOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  const rimmed = (element) => Number.parseFloat(getComputedStyle(element).borderBottomWidth) > 0;
  // What a person takes for the field: a list's input without a rim stands in a box that has one, beside what is chosen
  // (Tom Select 2.6).
  const rimOf = (control) => {
    if (!combo(control)) return control;
    if (!seen(control)) return boxOf(control) ?? control;
    if (rimmed(control)) return control;
    const whole = closest(parentOf(control), '[role=combobox]');
    if (whole) return whole;
    for (const at of wraps(control)) {
      if (at.matches('td, th') || shared(at, control)) break;
      if (rimmed(at)) return at;
    }
    return control;
  };
  const frameOfControl = (control) => (['box', 'radio'].includes(shape(control)) ? face(control) : rimOf(control)).getBoundingClientRect();
  const inside = (text, box) => {
    const [x, y] = [(text.left + text.right) / 2, (text.top + text.bottom) / 2];
    return x > box.left && x < box.right && y > box.top && y < box.bottom;
  };
  // How far a text stands above or left of a control, or 0 within it; Infinity where no person would read it as its name.
  const distance = (text, box) => {
    if (inside(text, box)) return 0;
    const level = (text.top + text.bottom) / 2 > box.top && (text.top + text.bottom) / 2 < box.bottom;
    if (level) return text.right <= box.left + 2 && box.left - text.right < 200 ? box.left - text.right : Infinity;
    const above = box.top - text.bottom;
    return above > -3 && above < 40 && Math.abs(text.left - box.left) < 30 ? Math.max(above, 0) : Infinity;
  };

  // --- names that only stand near: text before, cells, text after
  // The cells of a table by row and column; one that spans several stands in each of them, within its part of the table.
  // What is not displayed takes no place in it.
  const laid = once((table) => {
    const displayed = (one) => getComputedStyle(one).display !== 'none';
    const rows = [...(table?.rows ?? [])].filter(displayed);
    const places = rows.map(() => []);
    rows.forEach((row, at) => {
      const end = rows.findLastIndex((other) => other.parentElement === row.parentElement) + 1;
      for (const cell of [...row.cells].filter(displayed)) {
        let column = 0;
        while (places[at][column]) column += 1;
        const below = cell.rowSpan ? Math.min(at + cell.rowSpan, end) : end;
        for (const line of places.slice(at, below)) for (let over = column; over < column + cell.colSpan; over += 1) line[over] = cell;
      }
    });
    return places;
  });
  const near = (scope) => {
    const controls = controlsIn(scope);
    const claims = new Map();
    const names = new Map(controls.map((control) => [control, written(control)]));
    for (const [control, { sources }] of names) for (const source of sources) claims.set(source, control);
    const boxes = controls.flatMap((control) => (shape(control) === 'radio' ? members(control) : []));
    for (const radio of boxes) for (const label of labelElements(radio)) claims.set(label, radio);

    // By each node, what stands in it: the whole page is asked for this again and again.
    const byNode = (pairs) => {
      const found = new Map();
      for (const [one, owner] of pairs) for (let at = one; at; at = parentOf(at)) found.set(at, [...(found.get(at) ?? []), owner]);
      return (node) => found.get(node) ?? [];
    };
    const ownersOf = byNode(claims);
    const insideOf = byNode([...controls, ...boxes].map((one) => [one, one]));
    const mine = (control, other) => other === control || (shape(control) === 'radio' && members(control).includes(other));
    const foreign = (control, node) => [...insideOf(node), ...ownersOf(node)].some((other) => !mine(control, other));
    const own = (control, node) => [...insideOf(node), ...ownersOf(node)].length > 0;
    const aloneIn = (control, node) => insideOf(node).every((other) => mine(control, other));

    const frames = new Map();
    const frame = (control) => frames.get(control) ?? frames.set(control, frameOfControl(control)).get(control);
    const used = new Set(); // what names some control by its place
    const away = new Map(); // how far that stands from the control
    const use = (control, pieces) => {
      pieces.forEach((piece) => used.add(piece));
      away.set(control, Math.min(...pieces.map((piece) => distance(frameOf(piece), frame(control)))));
    };
    // A cell names its field by the table: no text that stands nearer by chance takes its place.
    const head = (control, pieces) => {
      use(control, pieces);
      away.set(control, 0);
    };
    // What stands on a list is what it shows as its value, or that it has none (Ant Design 6.6).
    const onList = (control, pieces) => combo(control) && pieces.every((piece) => noise(piece.textContent) || inside(frameOf(piece), frame(control)));
    // A mark such as `*` behind a long text may stand beyond the field: it is no part of what is read.
    const standsBy = (control, pieces) => {
      const box = frame(control);
      const texts = pieces.filter((piece) => !noise(piece.textContent)).map(frameOf).filter((text) => text.width);
      const [left, top] = ['left', 'top'].map((side) => Math.min(...texts.map((text) => text[side])));
      const astray = shape(control) === 'text' && texts.length && (left >= box.right || top >= box.bottom);
      const isOverOther = (text) => controls.some((other) => !mine(control, other) && inside(text, frame(other)));
      return !astray && !texts.some(isOverOther);
    };
    const cells = (control, cell) => {
      const rows = laid(closest(cell, 'table'));
      const at = rows.findIndex((one) => one.includes(cell));
      const row = rows[at] ?? [cell]; // a cell without a table
      const [first, last] = [row.indexOf(cell), row.lastIndexOf(cell)];
      const before = row.slice(0, first).filter(Boolean).reverse();
      const stranger = before.findIndex((one) => foreign(control, one));
      const beside = aloneIn(control, cell) ? before.slice(0, stranger < 0 ? undefined : stranger).find((one) => !noise(raw(one))) : null;
      const texts = beside ? readings(raw(beside)) : [];
      if (beside) head(control, [beside]);
      for (const line of rows.slice(0, Math.max(at, 0)).reverse()) {
        const over = line[first];
        if (over && !insideOf(over).length && !noise(raw(over))) {
          head(control, [over, beside].filter(Boolean));
          return ownersOf(over).length || line[last] !== over ? texts : [...texts, ...readings(raw(over))];
        }
      }
      return texts;
    };
    // The text of a line that also holds another control is that control's, once a line break lies between.
    const beside = (control, start, next) => {
      const fitting = (pieces, text) => {
        if (!standsBy(control, pieces)) return [];
        use(control, pieces);
        return readings(text);
      };
      let broken = false;
      for (let node = start; node && (node === start || !node.matches(BOUNDARY)); node = parentOf(node)) {
        if (node.matches('td, th')) return cells(control, node);
        let [run, pieces] = ['', []];
        for (let at = node[next]; ; at = at[next]) {
          const stranger = at && foreign(control, at);
          const ends = !at || stranger || !inline(at) || own(control, at);
          if (ends && !noise(run) && !onList(control, pieces)) return stranger && broken ? [] : fitting(pieces, run);
          if (stranger) return [];
          if (!at) break;
          const text = own(control, at) ? '' : raw(at);
          if (ends && !noise(text) && !onList(control, [at])) return at.matches?.(HEADING) && !aloneIn(control, parentOf(at)) ? [] : fitting([at], text);
          broken ||= !inline(at);
          [run, pieces] = ends ? ['', []] : [next === 'previousSibling' ? text + run : run + text, [...pieces, at]];
        }
        broken ||= !inline(node);
      }
      return [];
    };
    let lone = null;
    const loneTexts = () => {
      const texts = (one) => [...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && !noise(child.nodeValue));
      const free = (one) => texts(one) && !closest(one, `${MUTE}, ${BUTTON}, ${HEADING}`) && !ownersOf(one).length && seen(one);
      lone ??= deep(scope, '*').filter(free).map((one) => [one, frameOf(one)]);
      return lone.filter(([one]) => ![...used].some((other) => within(other, one) || within(one, other)));
    };
    // The free text that stands nearer to the control than `limit`, and to no other control nearer.
    // A text that shares a container with another control only is that one's hint («Если есть»).
    const elsewhere = (control, text) => {
      for (let at = parentOf(text); at; at = parentOf(at)) {
        const held = insideOf(at);
        if (held.length) return !held.some((other) => mine(control, other));
      }
      return false;
    };
    // What a field opens, such as a calendar, stands nearer to it than its name.
    const opened = (control, text) => {
      for (let at = text; at && !within(at, control); at = parentOf(at)) {
        const box = at.getBoundingClientRect();
        if (at.matches(DIALOG) || (positioned(at) && box.width > 80 && box.height > 60)) return true;
      }
      return false;
    };
    const nearest = (control, limit) => {
      const found = loneTexts().map(([one, text]) => {
        const far = onList(control, [one]) || opened(control, one) ? Infinity : distance(text, frame(control));
        const closer = controls.some((other) => other !== control && distance(text, frame(other)) <= far);
        return [raw(one), closer || elsewhere(control, one) ? Infinity : far];
      });
      const least = Math.min(...found.map(([, far]) => far));
      return least < limit ? readings(found.find(([, far]) => far === least)[0]) : [];
    };
    const byPlace = (control) => {
      if (shape(control) === 'box') {
        const after = beside(control, control, 'nextSibling');
        return after.length ? after : beside(control, control, 'previousSibling');
      }
      const first = shape(control) === 'radio' ? labelElements(control).find((label) => within(label, control)) ?? control : control;
      const group = shape(control) === 'radio' ? closest(control, '[role=radiogroup], fieldset') : null;
      const texts = beside(control, first, 'previousSibling');
      return texts.length || !group || told(writtenOfGroup(group)).length ? texts : beside(control, group, 'previousSibling');
    };
    const nearer = (control) => nearest(control, away.get(control) ?? Infinity);
    return { controls, names, byPlace, nearer };
  };

  const LATE = 100; // a placeholder or title is the last resort: any text beside the control beats it
  const naming = (scope) => {
    const { controls, names, byPlace, nearer } = near(scope);
    const given = new Map(controls.map((control) => [control, told(names.get(control))]));
    const placed = new Map(controls.map((control) => [control, given.get(control).length ? [] : byPlace(control)]));
    const around = (control) => (shape(control) === 'radio' && groupOf(control) && mixed(control) ? told(writtenOfGroup(groupOf(control))) : []);
    return controls.map((control) => {
      const closer = given.get(control).length || shape(control) !== 'text' ? [] : nearer(control);
      const found = closer.length ? closer : [...given.get(control), ...placed.get(control), ...around(control)];
      const hints = [control.getAttribute('placeholder'), control.getAttribute('title')].filter((hint) => hint && !noise(hint));
      return { control, texts: found, hints, placed: !given.get(control).length };
    });
  };

  // --- matching: 0 exact, 1 with a remark in brackets, 2 a stem or whole words, 3 whole words that another word goes
  //     on from («Дата выдачи паспорта» for «Дата выдачи»); Infinity for no match. 2 and 3 are one grade.
  const [WORDS, LONGER] = [2, 3];
  const JOINED_AFTER = /^\s*([,/;+&]|и\s|или\s)/;
  const JOINED_BEFORE = /([,/;+&]|(^|\s)(и|или))\s*$/;
  const letter = (character) => /[\p{L}\p{N}]/u.test(character ?? '');
  const match = (label, text, stem) => {
    const [wanted, found] = [fold(label), fold(text)];
    if (wanted === found) return 0;
    const at = found.indexOf(wanted);
    if (at < 0 || noise(wanted)) return Infinity;
    const [head, rest] = [found.slice(0, at), found.slice(at + wanted.length)];
    if (stem) return letter(head.at(-1)) ? Infinity : WORDS;
    if (letter(head.at(-1)) || letter(rest[0]) || JOINED_AFTER.test(rest) || JOINED_BEFORE.test(head)) return Infinity;
    if (at === 0 && (/^\s*[([]/.test(rest) || noise(rest))) return 1;
    if (!wanted.includes(' ')) return Infinity; // «Номер» is not «Номер телефона»
    return letter(rest.trimStart()[0]) ? LONGER : WORDS;
  };
  const grade = (labels, texts, stem) => Math.min(Infinity, ...labels.flatMap((label) => texts.map((text) => match(label, text, stem))));
  const best = (scored) => {
    const least = Math.min(...scored.map(([, points]) => points));
    return least === Infinity ? [] : scored.filter(([, points]) => points === least).map(([element]) => element);
  };
  // All fields that fit equally, whichever label they bear: a longer label makes doubt, but alone it is another field's.
  const fittest = (scored) => {
    const longer = ([, points]) => points % LATE === LONGER;
    const found = best(scored.map((one) => [one, longer(one) ? one[1] - LONGER + WORDS : one[1]]));
    return found.length === 1 && longer(found[0]) ? [] : found.map(([element]) => element);
  };

  // --- scope: the topmost open dialog, if it is modal, and what lies over it; else the page with all its dialogs
  const modal = (dialog) => dialog.getAttribute('aria-modal') === 'true' || dialog.matches(':modal');
  const over = (one, other) => {
    if (within(other, one)) return true;
    if (within(one, other)) return false;
    const box = one.getBoundingClientRect();
    const clamp = (value, limit) => Math.max(0, Math.min(value, limit - 1));
    const page = one.ownerDocument;
    const { innerWidth: wide, innerHeight: high } = page.defaultView;
    const stack = page.elementsFromPoint(clamp(box.x + box.width / 2, wide), clamp(box.y + box.height / 2, high));
    const depth = (dialog) => { const at = stack.findIndex((element) => within(dialog, element)); return at < 0 ? Infinity : at; };
    const [mine, theirs] = [depth(one), depth(other)];
    return mine === theirs ? Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) : mine < theirs;
  };
  const scopes = (root) => {
    if (covered(root.ownerDocument ?? root)) return [];
    const dialogs = deep(root, DIALOG).filter(seen).sort((one, other) => (over(one, other) ? -1 : 1));
    const last = dialogs.findIndex(modal);
    return last < 0 ? [root] : dialogs.slice(0, last + 1).filter((dialog) => dialog === dialogs[last] || !within(dialogs[last], dialog));
  };

  // The frames of its own origin that a person sees in a document, and in which something can go on: without scripts there
  // is no waiting in one. Those to act in: a modal dialog hides the frames under it.
  const runs = (frame) => !frame.hasAttribute('sandbox') || frame.sandbox.contains('allow-scripts');
  const framesIn = (root) => deep(root, 'iframe, frame').filter((one) => one.contentDocument && runs(one) && seen(one));
  const freeIn = (root) => {
    const frames = framesIn(root);
    const tops = frames.length ? scopes(root) : [];
    return frames.filter((one) => tops.some((top) => top === root || within(top, one)));
  };
  // Whether a modal dialog hides the frame that a document stands in, or one around that.
  const covered = (page) => {
    const holder = page.defaultView?.frameElement;
    return Boolean(holder) && !freeIn(holder.ownerDocument).includes(holder);
  };
  // The root element of a document and of those frames, the outermost first; none of a document that has only begun.
  const rootsOf = (root, framesOf) => (root.documentElement ? [root.documentElement, ...framesOf(root).flatMap((one) => rootsOf(one.contentDocument, framesOf))] : []);
  const documents = (root) => rootsOf(root, framesIn);
  const free = (root) => rootsOf(root, freeIn);

  const SHAPES = { checked: ['box'], option: ['list', 'text', 'radio'] };
  const fieldsIn = (named, { labels, others, kind }) => {
    const taken = (texts) => texts.some((text) => others.some((other) => match(other, text, false) === 0));
    const reliable = (texts, stem) => {
      const points = grade(labels, texts, stem);
      return points === 0 || points === Infinity || !taken(texts) ? points : Infinity;
    };
    const points = ({ texts, hints, placed }) => {
      if (placed && texts.length && taken(hints)) return Infinity; // two fields could mean it
      return Math.min(reliable(texts, kind === 'checked'), texts.length ? Infinity : hinted(hints));
    };
    const hinted = (hints) => LATE + reliable(hints, false);
    const fitting = named.filter(({ control }) => (SHAPES[kind] ?? ['text']).includes(shape(control)));
    const scored = fitting.map((one) => [one.control, points(one)]);
    const least = Math.min(...scored.map(([, score]) => score));
    // A text that stands by a field may be no name of it: what bears the same hint then is as likely meant.
    const doubtful = ({ texts, hints, placed }) => least >= LATE && placed && texts.length > 0 && hinted(hints) <= least;
    const found = fittest(scored);
    return found.length ? [...found, ...fitting.filter(doubtful).map(({ control }) => control)] : [];
  };
  // The queries of one form, each with the labels of its other fields.
  const ofForm = (queries) => queries.map((query, at) => ({ ...query, others: queries.flatMap(({ labels }, other) => (other === at ? [] : labels)) }));
  // What the map's explicit alternative has found for a field goes before its labels.
  const claimants = (named, query, selected) => (selected.length ? selected : fieldsIn(named, query));
  // While a control is driven it is asked for again and again. What one search (`query.search`) has found stays found, as long
  // as nothing in the page is changed, and it is seen and can be acted on. What style sheets alone change is not noticed.
  let held = null;
  const watch = new MutationObserver(() => { held = null; watch.disconnect(); });
  const hold = (root, search, control) => {
    watch.disconnect();
    const roots = rootsFrom(document);
    for (const one of roots) watch.observe(one, { subtree: true, childList: true, attributes: true, characterData: true });
    held = { root, search, control, roots: roots.length };
  };
  const holds = (root, { search }) => {
    if (!held || watch.takeRecords().length || held.root !== root || held.search !== search) return false;
    return rootsFrom(document).length === held.roots && seenControl(held.control) && scopes(root).some((top) => top === root || within(top, held.control));
  };
  const fields = (root, query) => {
    if (holds(root, query)) return [held.control];
    held = null;
    const found = fieldsIn(scopes(root).flatMap(naming), query);
    if (query.search && found.length === 1) hold(root, query.search, found[0]);
    return found;
  };
  const textsOn = (button) => [ownText(button).replaceAll('\n', ' '), button.getAttribute('aria-label'), button.localName === 'input' ? button.value : '', button.title].filter((text) => text && !noise(text));
  const caption = (button) => textsOn(button)[0] ?? '';
  const buttons = (root, { labels }) => buttonsIn(scopes(root), labels);
  const buttonsIn = (places, labels) => {
    const visible = places.flatMap((place) => deep(place, BUTTON)).filter(seen);
    const points = (told) => Math.min(...labels.map((label, order) => {
      const own = grade([label], told, false);
      return (own === LONGER ? WORDS : own) * 10 + Math.min(order, 9); // the likeliest label first
    }));
    const found = best(visible.map((button) => [button, points(textsOn(button))]));
    return found.filter((button) => !found.some((other) => other !== button && within(button, other)));
  };

  const captions = (root) => scopes(root).flatMap((scope) => deep(scope, BUTTON)).filter(seen).map(caption).filter((text) => !noise(text));

  // --- the choices of a list or a radio group
  const boxText = (box) => {
    const texts = labelElements(box).map((label) => ownText(label)).filter((text) => !noise(text));
    const spoken = box.getAttribute('aria-label') ?? byIds(box, 'aria-labelledby').map(textOf).join(' ');
    if (texts.length || spoken) return texts.join(' ') || spoken;
    if (role(box) === 'radio' && !noise(ownText(box))) return ownText(box);
    let run = '';
    for (let at = box.nextSibling; at && inline(at) && !(at.matches?.(CONTROL)); at = at.nextSibling) run += raw(at);
    return lines(run).join(' ');
  };
  const lists = (control) => {
    const holders = [control, closest(control, '[role=combobox]'), closest(control, '[aria-haspopup=listbox]')].filter(Boolean);
    const named = [...new Set(holders.flatMap((holder) => [...byIds(holder, 'aria-controls'), ...byIds(holder, 'aria-owns')]))];
    const linked = named.filter((list) => seen(list) && list !== control);
    if (standing(control)) return [control];
    const inside = deep(control, '[role=listbox]').filter(floats);
    const candidates = inside.length ? inside : deep(document, '[role=listbox]:not([aria-haspopup])').filter((list) => !standing(list) && !closest(parentOf(list), CONTROL));
    return named.length ? linked : candidates.filter(seen);
  };
  // Options without roles, by where they are: beside the listbox that stands in for them unseen (Ant Design 6.6), or in a
  // list that hangs on the field (jQuery UI 1.14 autocomplete).
  const unnamed = (control) => {
    const popups = byIds(control, 'aria-controls').filter((list) => role(list) === 'listbox' && !seen(list)).map((list) => popupOf(list)).filter((one) => one && seen(one));
    const beside = popups.flatMap((one) => deep(one, '[aria-disabled], [aria-selected]').filter((option) => !role(option) && !closest(option, '[role=listbox]'))).filter(lying);
    if (beside.length || !typed(control)) return beside;
    const box = control.getBoundingClientRect();
    const hangs = (list) => {
      const frame = list.getBoundingClientRect();
      const touches = Math.min(Math.abs(frame.top - box.bottom), Math.abs(frame.bottom - box.top)) < 12;
      return touches && Math.abs(frame.left - box.left) < 24 && floats(list) && seen(list) && !deep(list, CONTROL).length;
    };
    return deep(document, 'ul').filter(hangs).flatMap((list) => [...list.children]).filter(seen);
  };
  // Seen, or wound out of sight: what a long list holds can stand above the page.
  const lying = (option) => shown(option) && inSight(option) !== null;
  const optionText = (option) => option.getAttribute('aria-label') || ownText(option);
  // What has no words is no option: a mark that more is on its way (Tom Select 2.6).
  const optionsOf = (list) => {
    const options = deep(list, '[role=option]');
    const those = options.length || list.getAttribute('role') !== 'listbox' ? options : [...list.children];
    return those.filter((option) => lying(option) && !noise(optionText(option)));
  };
  const face = (control) => {
    if (!['box', 'radio'].includes(shape(control))) return (seen(control) && point(control)) ? control : boxOf(control) ?? control;
    if (seen(control)) return control;
    return labelElements(control).find(seen) ?? control;
  };
  const off = (element) => Boolean(element.disabled) || element.getAttribute('aria-disabled') === 'true' || Boolean(element.closest('fieldset:disabled'));
  const choices = (control) => {
    if (control.localName === 'select') return [...control.options].map((option) => ({ element: option, text: option.label || option.text, chosen: option.selected, off: option.disabled || Boolean(option.closest('optgroup:disabled')) }));
    const radio = shape(control) === 'radio' ? control : control.querySelector('input[type=radio], [role=radio]');
    if (radio) return members(radio).map((one) => ({ element: face(one), text: boxText(one), chosen: one.checked ?? one.getAttribute('aria-checked') === 'true', off: off(one) }));
    return listed(control).map((option) => ({ element: option, text: optionText(option), chosen: option.getAttribute('aria-selected') === 'true', off: off(option) }));
  };
  const listed = (control) => {
    const options = lists(control).flatMap(optionsOf);
    return options.length ? options : unnamed(control);
  };
  const chosen = (control, { text }) => choices(control).filter((choice) => choice.text === text).map((choice) => choice.element);
  const seek = (control) => {
    if (typed(control) && !control.readOnly) return [control];
    for (const list of lists(control)) {
      for (let at = list, level = 0; at && level < 4 && !within(at, control); at = parentOf(at), level += 1) {
        const inputs = deep(at, 'input').filter((input) => shape(input) === 'text' && seen(input));
        if (inputs.length) return inputs;
      }
    }
    return [];
  };

  // --- what a list shows as its value: the text of its input, else what stands in its box and is not its name
  const OTHER_TEXT = 'script, style, template, svg, [role=listbox], [role=option], input, textarea, select, button, label';
  const linesIn = (element) => [...children(element)].map((child) => raw(child, OTHER_TEXT)).join('').split('\n').map((line) => line.replace(SPACES, ' ').trim()).filter((line) => !noise(line));
  const value = (control) => {
    if (standing(control)) return choices(control).filter((one) => one.chosen).map((one) => one.text).join('\n');
    if (!typed(control)) {
      // Choices.js 11.2 shows what is chosen as an option outside its popup.
      const kept = deep(control, '[role=option]').filter((option) => lying(option) && !floats(option)).map(ownText);
      return (kept.length ? kept : linesIn(control)).join('\n');
    }
    const own = (control.value ?? control.innerText).trim();
    return own || !combo(control) ? own : (besides(control)?.found ?? []).join('\n');
  };
  // What a kit shows beside an empty input, and the element that it stands in; null for nothing.
  const besides = (control) => {
    const names = new Set(naming(control.getRootNode()).filter((one) => one.control === control).flatMap(({ texts, hints }) => [...texts, ...hints]).map(fold));
    for (const at of wraps(control)) {
      if (deep(at, CONTROL).some((other) => other !== control && !within(other, control))) return null;
      const found = linesIn(at).filter((line) => !names.has(fold(line)));
      if (found.length) return { at, found };
    }
    return null;
  };
  const choicesBeside = (root) => controlsIn(root).filter((control) => combo(control) && typed(control)).map((control) => besides(control)?.at).filter(Boolean);
  // The elements with names of their own around a control that hold no other one.
  const hostsOf = (control) => {
    const theirs = shape(control) === 'radio' ? members(control) : [control];
    const alone = (at) => deep(at, CONTROL).every((other) => theirs.some((one) => within(one, other) || within(other, one)) || !seen(other));
    const hosts = [];
    for (let at = parentOf(control); at && !at.matches(`body, main, form, ${DIALOG}`) && alone(at); at = parentOf(at)) if (at.localName.includes('-')) hosts.push(at);
    return hosts;
  };
  const locked = (control) => {
    const holders = [control, ...hostsOf(control), closest(parentOf(control), '[role=combobox]')].filter(Boolean);
    return holders.some((one) => off(one) || one.readOnly === true || one.hasAttribute('readonly') || one.hasAttribute('disabled') || one.getAttribute('aria-readonly') === 'true');
  };

  // --- the part of a list that is in sight, and where it stands in the whole; what also holds the field is the page's
  const reel = (control) => {
    for (let at = listed(control)[0]; at && at !== document.body && (at === control || !within(at, control)); at = parentOf(at)) {
      if (at.scrollHeight > at.clientHeight + 1 && at.clientHeight > 20 && getComputedStyle(at).overflowY !== 'visible') return at;
    }
    return null;
  };
  const BUSY = '[aria-busy=true], [role=progressbar]';
  const busy = (control) => lists(control).map((list) => popupOf(list) ?? list).some((popup) => [popup, ...deep(popup, BUSY)].some((one) => one.matches(BUSY) && seen(one)));
  const view = (control) => {
    const scroller = reel(control);
    const top = scroller ? scroller.getBoundingClientRect().top - scroller.scrollTop : 0;
    const options = listed(control).map((option) => {
      const box = option.getBoundingClientRect();
      return { text: optionText(option), start: Math.round((box.top - top) / 4), end: Math.round((box.bottom - top) / 4) };
    });
    return { options, top: scroller?.scrollTop ?? 0, height: scroller?.clientHeight ?? 0, length: Math.round((scroller?.scrollHeight ?? 0) / 4), busy: busy(control) };
  };

  // --- where to click a box: on its face, but not on a link or another control inside it
  const point = (element) => {
    const box = element.getBoundingClientRect();
    for (const down of [0.5, 0.25, 0.75, 0.1, 0.9]) {
      for (const across of [0.5, 0.02, 0.1, 0.25, 0.75, 0.9, 0.98]) {
        const [x, y] = [box.width * across, box.height * down];
        const hit = element.getRootNode().elementFromPoint(box.x + x, box.y + y);
        const inside = hit && within(element, hit);
        const active = inside ? closest(hit, 'a, button, [role=link], [role=button], summary') : null;
        if (inside && (!active || within(active, element))) return { x, y };
      }
    }
    return null;
  };

  // --- what keeps a control from taking input: it is locked, or something that reaches beyond it floats over it
  const hitAt = (x, y, root = document) => {
    const hit = root.elementFromPoint(x, y);
    return hit?.shadowRoot && hit !== root.host ? hitAt(x, y, hit.shadowRoot) ?? hit : hit;
  };
  const coverOf = (control, target) => {
    const box = target.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const hit = hitAt(x, y);
    if (!hit || [control, target, ...labelElements(control)].some((own) => within(own, hit))) return null;
    let cover = null;
    for (let at = hit; at && !within(at, control); at = parentOf(at)) if (positioned(at)) cover = at;
    if (!cover) return null;
    const frame = cover.getBoundingClientRect();
    return frame.right > box.right || frame.left < box.left || frame.bottom > box.bottom || frame.top < box.top ? cover : null;
  };
  const coverOfControl = (control) => {
    const targets = shape(control) === 'radio' ? members(control).map(face) : [face(control)];
    return targets.map((target) => coverOf(control, target)).find(Boolean) ?? null;
  };
  const obstacle = (control, kind) => {
    const cover = coverOfControl(control);
    return { locked: locked(control), cover: cover ? firstWords(cover) : null, shown: kind ? shows(control, kind) : '' };
  };
  const BEGUN = `${CONTROL}, iframe, frame, canvas, object, input[type=file]`;
  // Where a click may close what lies over the control; null where a person could have begun something in that.
  const outside = (control) => {
    const cover = coverOfControl(control);
    if (!cover || [cover, ...deep(cover, DIALOG)].some(modal) || deep(cover, BEGUN).some(seen)) return null;
    return neutral(control, floating(control));
  };
  // The first words of a modal dialog that hides the page, where the page under it has what is looked for.
  const firstWords = (element) => {
    const named = [element.getAttribute('aria-label') ?? '', ...pointedAt(element, 'aria-labelledby').map(textOf), raw(element), raw(element, 'script, style, template')];
    return named.flatMap(lines)[0] ?? '…';
  };
  const hiding = (root, { fields = [], button = [] }) => {
    const tops = scopes(root);
    if (!tops.length || tops.includes(root)) return null;
    const frames = framesIn(root).filter((one) => !tops.some((top) => within(top, one)));
    const places = [root, ...frames.map((one) => one.contentDocument)];
    const named = fields.length ? places.flatMap(naming) : [];
    const under = (found) => found.length > 0 && !found.some((one) => tops.some((top) => within(top, one)));
    return [...fields.map((query) => fieldsIn(named, query)), buttonsIn(places, button)].some(under) ? firstWords(tops.at(-1)) : null;
  };

  // --- what a field opened over the page, and where a click closes it and does nothing else
  const ground = (control) => closest(control, DIALOG) ?? document.body;
  const floating = (control, known = []) => {
    const opened = (one) => {
      if (within(one, control) || known.includes(one) || !positioned(one)) return false;
      const box = one.getBoundingClientRect();
      return box.width > 80 && box.height > 60 && shown(one);
    };
    return deep(document, '*').filter(opened);
  };
  const neutral = (control, popups) => {
    const scope = ground(control);
    const box = scope.getBoundingClientRect();
    const active = `label, iframe, canvas, video, [tabindex], [onclick], ${BUTTON}, ${CONTROL}`;
    const backdrop = (hit) => popups.includes(hit) && !hit.childElementCount && noise(hit.textContent) && hit.clientWidth >= innerWidth * 0.9;
    const own = hostsOf(control).at(-1) ?? control; // a click on the field's own element is none beside it (Vaadin 25.3)
    // A click on what holds the field says no more to the page than one on the field: anything else may listen, for all
    // that nobody can see of it. The page itself takes no clicks while some calendars are open (Vaadin 25.3).
    const page = scope === document.body;
    const filling = box.width >= innerWidth * 0.9 && box.height >= innerHeight * 0.9;
    const shutting = (hit) => !page && (!within(scope, hit) || (hit === scope && (filling || hit.localName === 'dialog')));
    const idle = (hit) => {
      const stop = closest(hit, active);
      return within(hit, control) && !within(own, hit) && !shutting(hit) && (!stop || within(stop, scope));
    };
    const depth = (hit) => (hit ? 1 + depth(parentOf(hit)) : 0);
    const places = [];
    for (let down = 1; down < 40; down += 1) {
      for (let across = 1; across < 20; across += 1) {
        const x = Math.max(box.x, 0) + (Math.min(box.width, innerWidth) * across) / 20;
        const y = Math.max(box.y, 0) + (Math.min(box.height, innerHeight) * down) / 40;
        const hit = document.elementFromPoint(x, y);
        if (hit && (backdrop(hit) || idle(hit))) places.push({ x: x - box.x, y: y - box.y, within: backdrop(hit) ? 0 : depth(hit) });
      }
    }
    // Beside the field rather than close around it, where a click can open the calendar again; in a dialog rather not on
    // the dialog itself, because that can shut it.
    places.sort((one, other) => (page ? one.within - other.within : (one.within === depth(scope)) - (other.within === depth(scope)) || one.within - other.within));
    return places.length ? { x: places[0].x, y: places[0].y } : null;
  };

  // --- the page as a whole: every control, and which of them each field is
  const nature = (control) => (control.localName === 'select' ? 'select' : control.type === 'file' ? 'file' : control.localName === 'input' && control.type === 'date' ? 'date' : control.list ? 'suggested' : standing(control) ? 'open' : shape(control));
  // What a control that needs no opening offers.
  const offered = (control) => (['select', 'radio', 'open'].includes(nature(control)) ? choices(control) : []);
  const survey = (root, [form, selected]) => {
    const queries = ofForm(form);
    const tried = scopes(root).flatMap(naming);
    const named = [...tried];
    const files = scopes(root).flatMap((scope) => deep(scope, 'input[type=file]')).filter(seenBox);
    named.push(...files.map((control) => ({ control, texts: labelElements(control).map((label) => lines(textOf(label)).join(' ')), hints: [] })));
    const known = new Set(named.map(({ control }) => control));
    named.push(...selected.flat().filter((control) => !known.has(control)).map((control) => ({ control, texts: [], hints: [] })));
    const controls = named.map(({ control }) => control);
    const asked = (control) => control.required === true || control.getAttribute('aria-required') === 'true';
    const holders = (control) => [control, closest(control, '[role=combobox], [role=radiogroup]')].filter(Boolean);
    const required = (control, texts) => [...holders(control), ...(shape(control) === 'radio' ? members(control) : [])].some(asked) || texts.some((text) => /\*[\s:]*$/.test(text));
    const formOf = (control) => closest(control, `form, [role=form], [role=search], ${DIALOG}`);
    const forms = [...new Set(controls.map(formOf))].filter(Boolean);
    const frame = (control) => {
      const boxes = (shape(control) === 'radio' ? members(control) : [control]).map((one) => face(one).getBoundingClientRect());
      const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
      const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
      return [left + scrollX, top + scrollY, right - left, bottom - top].map(Math.round);
    };
    const claims = (query, at) => [...new Set(claimants(tried, query, selected[at]).map((control) => controls.indexOf(control)))];
    const fields = queries.map(claims);
    return {
      controls: named.map(({ control, texts, hints }) => ({ labels: [...new Set([...texts, ...hints])], nature: nature(control), required: required(control, texts), locked: locked(control), options: offered(control).map(({ text }) => text), form: forms.indexOf(formOf(control)), frame: frame(control) })),
      fields,
      over: fields.some((found) => found.length) ? null : hiding(root, { fields: queries }),
    };
  };
  // The roots of the frames that hold most of the fields, of those that have all the needed ones: one, or several that are
  // equally good; the page's own where it is alone; else null.
  const formRoots = (_, [form, selected, needed]) => {
    const queries = ofForm(form);
    const roots = free(document);
    const held = roots.map((root) => {
      const page = root.ownerDocument;
      const named = scopes(page).flatMap(naming);
      const there = (query, at) => claimants(named, query, selected[at].filter((found) => found.ownerDocument === page)).length;
      return queries.flatMap((query, at) => (there(query, at) ? [at] : []));
    });
    const worth = held.map((those) => (needed.every((at) => those.includes(at)) ? those.length : 0));
    const most = Math.max(...worth);
    if (most > 0) return roots.filter((_root, at) => worth[at] === most);
    return roots.length > 1 ? null : roots;
  };
  // What a control shows as its value, told as its kind is compared.
  const shows = (control, kind) => {
    const how = kind === 'checked' ? 'box' : nature(control);
    if (how === 'box') return (control.checked ?? control.getAttribute('aria-checked') === 'true') ? 'yes' : '';
    if (how === 'radio') return choices(control).find((one) => one.chosen)?.text ?? '';
    if (how === 'select') return (control.selectedOptions[0]?.label ?? '').trim();
    if (how === 'list' || how === 'open' || (how === 'text' && kind === 'option')) return value(control);
    return (control.value ?? control.innerText).trim();
  };
  // Once no control has changed for `quiet` milliseconds, or after `limit`. A value that a script sets changes no node, so
  // the controls are compared themselves.
  const rest = (quiet, limit) => new Promise((done) => {
    const controls = () => deep(document, 'input, textarea, select, [contenteditable], [aria-haspopup], [aria-checked], [role=combobox]');
    const look = () => JSON.stringify(controls().map((one) => [one.value ?? one.textContent, one.checked, one.selectedIndex, one.ariaChecked]));
    const start = performance.now();
    let [last, since] = [look(), start];
    const timer = setInterval(() => {
      const [now, at] = [look(), performance.now()];
      if (now !== last) [last, since] = [now, at];
      if (at - since >= quiet || at - start >= limit) { clearInterval(timer); done(); }
    }, 40);
  });
  // What is to be known of a control before it is driven: of a box where to click it, of what stands open what it offers, of
  // a date how much floats over the page.
  const sight = (control, kind) => {
    const how = nature(control);
    const clickable = (one) => ({ text: one.text, off: one.off, point: how === 'select' ? null : point(one.element) });
    return {
      nature: how,
      shown: shows(control, kind),
      locked: locked(control),
      offered: offered(control).map(clickable),
      point: how === 'box' ? point(face(control)) : null,
      floats: kind === 'date' ? floating(control).length : null,
    };
  };
  // What each field shows once all controls rest; null for a field that is not there, or not alone.
  const shownAtRest = async (root, [form, selected, quiet, limit]) => {
    await rest(quiet, limit);
    const named = scopes(root).flatMap(naming);
    const found = ofForm(form).map((query, at) => claimants(named, query, selected[at]));
    return found.map((controls, at) => (controls.length === 1 ? shows(controls[0], form[at].kind) : null));
  };

  // What can be pictured of an element: every word that it shows outside controls, its place in the page, and where the
  // picture begins. The whole page can be pictured at its full length; a dialog as far as the window shows it, because it
  // moves when the window is made as long as the page.
  const scene = (root) => {
    const box = root.getBoundingClientRect();
    const whole = root === document.documentElement;
    const texts = [root, ...deep(root, '*')].filter((element) => !element.matches('script, style, template, noscript') && shown(element)).flatMap((element) => [...element.childNodes]);
    const shownWords = texts.filter((node) => node.nodeType === Node.TEXT_NODE).flatMap((node) => node.nodeValue.split(SPACES)).filter(Boolean);
    const [left, top, right, bottom] = whole ? [-Infinity, -Infinity, Infinity, Infinity] : [0, 0, innerWidth, innerHeight];
    const sides = [Math.max(box.left, left) + scrollX, Math.max(box.top, top) + scrollY, Math.min(box.right, right) + scrollX, Math.min(box.bottom, bottom) + scrollY];
    return { words: [...new Set(shownWords)], whole, frame: sides.map(Math.round), origin: whole ? [0, 0] : [scrollX, scrollY] };
  };

  // --- what a person clicks: the place of its frame among `free`, its place among the controls there, its labels, and
  //     selectors that name it alone; null after Escape. The page takes no notice of the click.
  const ATTRIBUTES = ['name', 'formcontrolname', 'data-testid', 'data-test', 'aria-label', 'placeholder'];
  const selectors = (control) => {
    const ofId = control.id && !/\d/.test(control.id) ? [`#${CSS.escape(control.id)}`] : []; // numbers are counters
    const given = ATTRIBUTES.filter((one) => control.getAttribute(one));
    const named = given.map((one) => `${control.localName}[${one}=${JSON.stringify(control.getAttribute(one))}]`);
    return [...ofId, ...named].filter((selector) => deep(control.ownerDocument, selector).length === 1);
  };
  const clicked = (element) => {
    const named = scopes(element.ownerDocument).flatMap(naming);
    const frame = free(document).indexOf(element.ownerDocument.documentElement);
    const parts = (control) => (shape(control) === 'radio' ? members(control) : [control]);
    const hit = (control) => parts(control).some((part) => within(part, element) || [...labelElements(part), ...written(control).sources].some((label) => within(label, element)) || (boxOf(part) && within(boxOf(part), element)));
    const place = named.findIndex(({ control }) => hit(control));
    return place < 0 || frame < 0 ? { place: -1 } : { place, frame, labels: [...new Set([...named[place].texts, ...named[place].hints])], selectors: selectors(named[place].control) };
  };
  const pointed = () => new Promise((done) => {
    const MOUSE = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
    const views = free(document).map((root) => root.ownerDocument.defaultView);
    const hearing = (how) => views.forEach((view) => [...MOUSE, 'keydown'].forEach((name) => view[how](name, heard, true)));
    const still = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
    const heard = (event) => {
      if (event.type === 'keydown' && event.key !== 'Escape') return;
      still(event);
      if (event.type !== 'click' && event.type !== 'keydown') return;
      hearing('removeEventListener');
      done(event.type === 'click' ? clicked(event.composedPath()[0]) : null);
    };
    hearing('addEventListener');
  });

  const parts = {
    field: fields,
    button: buttons,
    choice: chosen,
    seek,
    face: (control) => [face(control)],
    label: (control) => labelElements(control).filter(seen).slice(0, 1),
    documents,
    free,
    scope: (root) => { const top = scopes(root).at(-1); return [top === root ? document.documentElement : top]; },
    beside: choicesBeside,
    ground: (control) => [ground(control)],
    reel: (control) => [reel(control)].filter(Boolean),
  };
  const queryAll = (root, body) => { const { part, more } = JSON.parse(body); return parts[part](root, more); };
  const name = (control) => naming(control.getRootNode()).filter((one) => one.control === control).flatMap(({ texts, hints }) => [...texts, ...hints])[0] ?? '';
  const asked = {
    engine: { query: (root, body) => queryAll(root, body)[0] ?? null, queryAll },
    fold,
    only: async (steps, question, more) => {
      const found = steps.reduce((roots, step) => [...new Set(roots.flatMap((root) => parts[step.part](root, step.more)))], [document]);
      return found.length === 1 ? [await asked[question](found[0], more)] : null;
    },
    sight,
    survey,
    formRoots,
    shows,
    shownAtRest,
    pointed,
    scene,
    name,
    caption,
    captions,
    choices: (control) => choices(control).map(({ element, ...told }) => told),
    suggested: (control) => [...control.list.options].map((option) => option.value),
    locked,
    view,
    point,
    obstacle,
    outside,
    hiding,
    floating,
    floats: (control, known) => floating(control, known).length,
    neutral,
    enclosed: (control) => ground(control) !== document.body,
  };
  return asked;
}
