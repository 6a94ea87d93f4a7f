/* What a page does beyond its forms, which work without: score sheets are saved while they are filled in, and what was
 * typed into a form is kept in this browser until it is sent.  What is in a bid only as long as its tab is open, and
 * nothing once another person sits here.  Nothing that a browser of 2020 does not know. */
(function () {
  'use strict';
  var said = document.currentScript.dataset;
  var PREFIX = 'linli.draft.';
  var SENT = 'linli.sent'; // the draft of the form sent last, until a page says that it was taken
  var WAIT_MS = 1200;

  function later(work) {
    var timer;
    return function () {
      clearTimeout(timer);
      timer = setTimeout(work, WAIT_MS);
    };
  }

  /* ---- score sheets ---- */

  function autosave(form) {
    var state = form.querySelector('[data-autosave-state]');
    var running = false, again = false;

    function save() {
      if (running) { again = true; return; }
      running = true;
      state.textContent = said.saving;
      fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual', credentials: 'same-origin' })
        .then(function (answer) { state.textContent = answer.type === 'opaqueredirect' ? said.saved : said.unsaved; })
        .catch(function () { state.textContent = said.unsaved; })
        .then(function () {
          running = false;
          if (again) { again = false; save(); }
        });
    }

    form.addEventListener('input', later(save));
    form.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      (form.querySelector('button[name=_next]') || form.querySelector('button')).click();
    });
  }

  /* ---- what the API says of a draft while it is filled in: what its own check says, of what was filled in so far ---- */

  function live(form) {
    var told = form.querySelector('.live'), asked = 0;

    function filled(link) {
      var field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return !field || field.tagName === 'FIELDSET' || field.value !== '';
    }

    function tell(page) {
      var list = document.createElement('ul'), fine = page.getElementById('checked');
      Array.prototype.forEach.call(page.querySelectorAll('#summary li'), function (one) {
        if (filled(one.querySelector('a'))) list.appendChild(document.importNode(one, true));
      });
      told.className = 'live' + (list.firstChild ? ' notice bad' : fine ? ' notice good' : '');
      told.textContent = list.firstChild ? told.dataset.told : fine ? fine.textContent : '';
      if (list.firstChild) told.appendChild(list);
    }

    function ask() {
      var number = ++asked, body = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (typeof value === 'string') body.append(name, value); });
      body.append('_preview', '1');
      fetch(form.action, { method: 'POST', body: body, redirect: 'manual', credentials: 'same-origin' })
        .then(function (answer) { return answer.text(); })
        .then(function (text) { if (number === asked) tell(new DOMParser().parseFromString(text, 'text/html')); })
        .catch(function () { /* the button is still there */ });
    }

    form.addEventListener('input', later(ask));
  }

  /* ---- more elements of a list, without going to the server for them ---- */

  var MORE = 3;

  function emptied(element) {
    Array.prototype.forEach.call(element.querySelectorAll('fieldset.element + fieldset.element, .error'), function (one) { one.remove(); });
    Array.prototype.forEach.call(element.querySelectorAll('input, select, textarea'), function (field) {
      field.required = false;
      if (field.type === 'checkbox') field.checked = false; else field.value = '';
    });
    return element;
  }

  function renumbered(element, from, to) {
    Array.prototype.forEach.call(element.querySelectorAll('*'), function (one) {
      ['id', 'name', 'for', 'list', 'value', 'aria-describedby'].forEach(function (attribute) {
        var was = one.getAttribute(attribute);
        if (was && (attribute !== 'value' || one.name === '_more')) one.setAttribute(attribute, was.split(from).join(to));
      });
    });
    return element;
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('button[name=_more]');
    if (!button) return;
    var path = button.value, list = button.closest('fieldset');
    var own = Array.prototype.filter.call(list.children, function (one) { return one.classList.contains('element'); });
    if (!own.length) return;
    event.preventDefault();
    var last = own[own.length - 1], first = null;
    for (var i = 0; i < MORE; i++) {
      var no = own.length + i, copy = renumbered(emptied(last.cloneNode(true)), path + '.' + (own.length - 1) + '.', path + '.' + no + '.');
      copy.querySelector('legend').textContent = last.querySelector('legend').textContent.replace(/[0-9]+/, no + 1);
      list.insertBefore(copy, button.parentNode);
      first = first || copy;
    }
    var field = first.querySelector('input, select, textarea');
    if (field) field.focus();
  });

  /* ---- drafts, in this browser alone ---- */

  function kept(field) {
    return field.name && field.name[0] !== '_' && ['hidden', 'password', 'file', 'submit'].indexOf(field.type) < 0;
  }

  /* Boxes to tick may share a name. */
  function nameOf(field) {
    return field.type === 'checkbox' ? field.name + '=' + field.value : field.name;
  }

  function read(form) {
    var values = {}, any = false;
    Array.prototype.filter.call(form.elements, kept).forEach(function (field) {
      var value = field.type === 'checkbox' ? (field.checked ? '1' : '') : field.value;
      if (value) { values[nameOf(field)] = value; any = true; }
    });
    return any ? values : null;
  }

  function fill(form, values) {
    Array.prototype.filter.call(form.elements, kept).forEach(function (field) {
      if (!(nameOf(field) in values)) return;
      if (field.type === 'checkbox') field.checked = values[nameOf(field)] === '1'; else field.value = values[field.name];
      for (var up = field.parentNode; up !== form; up = up.parentNode) if (up.tagName === 'DETAILS') up.open = true;
    });
  }

  function button(text, work) {
    var made = document.createElement('button');
    made.type = 'button';
    made.className = 'button other';
    made.textContent = text;
    made.addEventListener('click', work);
    return made;
  }

  function drafts(form) {
    var store = form.hasAttribute('data-closed') ? sessionStorage : localStorage;
    var key = PREFIX + said.who + form.dataset.draft.replace(/^\/(zh|en)/, '');
    var was = store.getItem(key), before = read(form);

    /* What was refused comes back in its form; but what was sealed here was sent to nobody. */
    if (was && was !== JSON.stringify(before) && (store === sessionStorage || !document.querySelector('.notice.bad'))) {
      var note = document.createElement('p');
      note.className = 'notice';
      note.setAttribute('role', 'status');
      note.textContent = said.found + ' ';
      note.appendChild(button(said.restore, function () { fill(form, JSON.parse(was)); note.remove(); }));
      note.appendChild(button(said.discard, function () { store.removeItem(key); note.remove(); }));
      form.parentNode.insertBefore(note, form);
    }
    function keep() {
      var values = read(form);
      if (gone) return;
      if (values) store.setItem(key, JSON.stringify(values)); else store.removeItem(key);
    }
    form.addEventListener('input', later(keep));
    form.addEventListener('submit', function () { keep(); sessionStorage.setItem(SENT, key); });
  }

  /* A form that was sent may have been refused, or never have come there: its draft goes once it was taken. */
  function drop_taken() {
    var key = sessionStorage.getItem(SENT);
    if (!key || !/[?&]done=/.test(location.search)) return;
    [localStorage, sessionStorage].forEach(function (store) { store.removeItem(key); });
    sessionStorage.removeItem(SENT);
  }

  var gone = false; // logged out: what still waits to be kept is not

  function forget(one) {
    [localStorage, sessionStorage].forEach(function (store) {
      Object.keys(store).forEach(function (key) { if (key.indexOf(PREFIX) === 0 && one(key, store)) store.removeItem(key); });
    });
  }

  /* Of somebody else, who left without logging out; a bid also where nobody is logged in any more. */
  function others(key, store) {
    return said.who ? key.indexOf(PREFIX + said.who + '/') !== 0 : store === sessionStorage;
  }

  Array.prototype.forEach.call(document.querySelectorAll('form[data-autosave]'), autosave);
  Array.prototype.forEach.call(document.querySelectorAll('form[data-live]'), live);
  try {
    forget(others);
    drop_taken();
    document.addEventListener('submit', function (event) { if (!event.target.hasAttribute('data-draft')) sessionStorage.removeItem(SENT); });
    if (said.who) Array.prototype.forEach.call(document.querySelectorAll('form[data-draft]'), drafts);
    Array.prototype.forEach.call(document.querySelectorAll('form[action$="/logout"]'), function (form) { form.addEventListener('submit', function () { gone = true; forget(function () { return true; }); }); });
  } catch (none) { /* a browser that keeps nothing */ }
})();
