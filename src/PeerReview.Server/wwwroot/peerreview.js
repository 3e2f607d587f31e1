// Comforts on top of pages that work without it: what is typed is kept, somebody signed out signs in again in place, and a
// page is found by its name. It asks this site only, and builds no markup but what the site itself sent.
'use strict';
(() => {
  const who = document.body.dataset.who;
  // A page shown within another: its heading is one of several then.
  const main = html => {
    const content = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
    for (const heading of content.querySelectorAll('h1')) {
      const below = document.createElement('h2');
      below.append(...heading.childNodes);
      heading.replaceWith(below);
    }
    return content;
  };
  const pageOf = async (address, options) => {
    const asked = new URL(address, location);
    asked.searchParams.set('lang', document.documentElement.lang);
    const answer = await fetch(asked, { headers: { Accept: 'text/html' }, ...options });
    return main(await answer.text());
  };

  // ---- One dialog at a time; Escape closes it and the focus goes back to where it was.
  const open = (label, content) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', label);
    dialog.append(...content);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };
  const button = (text, act, kind) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    if (kind) made.className = kind;
    made.addEventListener('click', act);
    return made;
  };

  // ---- Keeping what is typed: on this device at once, on the server a moment later.
  const OWN = ['__RequestVerificationToken', 'draft_page', 'draft_part'];
  const PAUSE = 1500, RETRY = 10000, FRESH = 20000;

  const keep = form => {
    const status = form.querySelector('[data-keep-status]');
    const words = status.dataset;
    const key = `peerreview ${who} ${form.elements.draft_page.value}#${form.elements.draft_part.value}`;
    const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !OWN.includes(name));
    const asText = () => JSON.stringify(fields());
    // What a person sees and types: on which version it is based is no change of theirs.
    const seen = pairs => JSON.stringify(pairs.filter(([name]) => form.elements[name]?.type !== 'hidden'));
    let stands = asText();          // what the page came with, or what the server has kept since
    let opened = stands;            // what the page came with
    let leaving = false, timer = 0, sent = Promise.resolve(), lastSure = 0, told = false;

    const say = (text, aloud = true) => {
      status.setAttribute('aria-live', aloud ? 'polite' : 'off');
      status.textContent = text;
    };
    const local = {
      read() { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
      write() { try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fields() })); } catch { /* full or refused: the server has it */ } },
      drop() { try { localStorage.removeItem(key); } catch { /* as above */ } },
    };

    const fill = pairs => {
      const values = new Map();
      for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
      for (const element of form.elements) {
        if (!element.name || OWN.includes(element.name) || element.type === 'submit' || element.type === 'file') continue;
        const given = values.get(element.name) ?? [];
        if (element.type === 'checkbox' || element.type === 'radio') element.checked = given.includes(element.value);
        else if (given.length) element.value = given[0];
      }
    };

    const body = () => {
      const data = new FormData();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') data.append(name, value);
      return new URLSearchParams(data);
    };
    // True: the server has it. False: it could not be reached, or somebody must sign in first; then it stays on this device.
    const send = () => sent = sent.then(async () => {
      const text = asText();
      if (text === stands) return true;
      try {
        const answer = await fetch('/drafts', { method: 'POST', body: body(), redirect: 'manual' });
        if (answer.status === 204) {
          stands = text;
          lastSure = Date.now();
          if (asText() === text) local.drop();
          say(words.kept.replace('{time}', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: words.zone })), !told);
          told = true;          // a screen reader says it once, not at every pause
          return true;
        }
        if (answer.status === 422 || answer.status === 413) { say(words.tooLong); return true; }
        const still = await session();
        say(still === 'nobody' ? words.signedOut : still === 'other' ? words.other : words.away);
      } catch {
        say(words.away);
      }
      timer = setTimeout(send, RETRY);
      return false;
    });
    const session = async () => {
      const answer = await fetch(`/drafts?who=${who}`, { redirect: 'manual' });
      return answer.status === 204 ? 'mine' : answer.status === 409 ? 'other' : answer.status === 401 ? 'nobody' : 'unknown';
    };

    const typed = () => {
      clearTimeout(timer);
      // Leaving a field is told as a change too, though what stands in it was kept already.
      if (asText() === stands) { local.drop(); return; }
      local.write();
      timer = setTimeout(send, PAUSE);
    };
    form.addEventListener('input', typed);
    form.addEventListener('change', typed);
    addEventListener('online', () => { if (asText() !== stands) send(); });

    // What this device kept and the server does not have: the line was cut, or the session over.
    const before = local.read();
    if (before && before.at > Number(form.dataset.keptAt ?? 0) && seen(before.fields) !== seen(fields())) {
      fill(before.fields);
      say(words.back);
      send();
    } else {
      local.drop();
    }

    addEventListener('beforeunload', event => {
      if (!leaving && asText() !== opened) event.preventDefault();
    });
    addEventListener('pagehide', () => {
      if (!leaving && asText() !== stands) navigator.sendBeacon('/drafts', body());
    });

    // Another form of the page is sent: what was typed here is kept and shown again, so nobody needs to be warned.
    const stepAside = () => {
      if (asText() !== stands) navigator.sendBeacon('/drafts', body());
      leaving = true;
    };
    const beside = () => kept.filter(other => other.form !== form);
    const go = by => {
      for (const other of beside()) other.stepAside();
      leaving = true;
      clearTimeout(timer);
      local.drop();
      form.requestSubmit(by);
    };
    form.addEventListener('submit', event => {
      if (leaving) return;
      const by = event.submitter;
      if (by?.hasAttribute('data-drop')) { leaving = true; local.drop(); return; }
      if (asText() === stands && Date.now() - lastSure < FRESH && !beside().some(other => other.isUnsent())) {
        for (const other of beside()) other.stepAside();
        leaving = true;
        clearTimeout(timer);
        local.drop();
        return;
      }
      // A form that is sent while nobody is signed in, or into a cut line, would be gone.
      event.preventDefault();
      clearTimeout(timer);
      // What is typed into the other forms is with the server before the page is drawn anew.
      Promise.all([send(), ...beside().map(other => other.send())]).then(async ([reached]) => {
        let still = 'unknown';
        try { still = await session(); } catch { reached = false; }
        if (still === 'mine' || (reached && still === 'unknown')) go(by);
        else if (still === 'nobody' || still === 'other') signInAgain(still, by);
        else say(words.away);
      });
    });

    const signInAgain = async (still, by) => {
      const view = document.createElement('div');
      const told = document.createElement('p');
      told.setAttribute('role', 'status');
      told.textContent = still === 'other' ? words.other : words.signedOut;
      const row = document.createElement('div');
      row.className = 'actions';
      const dialog = open(words.signedOut, [told, view, row]);
      row.append(
        button(words.goOn, async () => {
          const now = await session().catch(() => 'unknown');
          if (now === 'mine') { dialog.close(); go(by); }
          else told.textContent = now === 'other' ? words.other : words.signedOut;
        }),
        button(words.close, () => dialog.close(), 'secondary'));
      const show = content => {
        view.replaceChildren(...content.childNodes);
        view.querySelector('input[type=email]')?.focus();
      };
      view.addEventListener('submit', async event => {
        event.preventDefault();
        const inner = event.target;
        show(await pageOf(inner.action, { method: 'POST', body: new URLSearchParams(new FormData(inner)) }));
      });
      show(await pageOf('/sign-in'));
    };

    return {
      form,
      save: () => form.requestSubmit(form.querySelector('button[type=submit]:not([formaction])')),
      isTyped: () => asText() !== opened,
      isUnsent: () => asText() !== stands,
      send,
      stepAside,
      hand: async () => { clearTimeout(timer); await send(); leaving = true; },
    };
  };

  const kept = who ? [...document.querySelectorAll('form[data-keep]')].map(keep) : [];

  // A form that keeps nothing itself may count on what was typed beside it: that is with the server first.
  document.addEventListener('submit', async event => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.waited || kept.some(one => one.form === form) || !kept.some(one => one.isTyped())) return;
    event.preventDefault();
    form.dataset.waited = 'yes';
    await Promise.all(kept.map(one => one.hand()));
    // Where the server has everything already, this is still the same press: a form is not sent while it says that it is sent.
    setTimeout(() => form.requestSubmit(event.submitter));
  });

  // Who signs out leaves nothing behind on this device.
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith('peerreview ')) localStorage.removeItem(key);
    } catch { /* nothing is stored where nothing may be */ }
  });

  // Another language: what was typed goes along.
  document.addEventListener('click', async event => {
    const link = event.target.closest('a[data-language]');
    if (!link || !kept.some(one => one.isTyped())) return;
    event.preventDefault();
    await Promise.all(kept.map(one => one.hand()));
    location.assign(link.href);
  });

  for (const row of document.querySelectorAll('[data-merge]')) row.hidden = false;
  // A sentence of the others is put into one's own text, or one's own back again.
  document.addEventListener('click', event => {
    const use = event.target.closest('button[data-put]');
    const text = use && document.getElementById(use.dataset.into);
    if (!text || !text.value.includes(use.dataset.find)) return;
    text.setRangeText(use.dataset.put, text.value.indexOf(use.dataset.find), text.value.indexOf(use.dataset.find) + use.dataset.find.length, 'end');
    for (const other of use.parentElement.querySelectorAll('button[data-put]')) {
      other.dataset.find = use.dataset.put;
      other.setAttribute('aria-pressed', other === use);
    }
    text.dispatchEvent(new Event('input', { bubbles: true }));
    text.focus();
  });

  // A choice that changes what stands elsewhere on the page: that part is drawn anew by the server.
  for (const chosen of document.querySelectorAll('[data-redraws]')) {
    chosen.addEventListener('change', async () => {
      const part = `[data-drawn="${chosen.dataset.redraws}"]`;
      const asked = new URLSearchParams(location.search);
      for (const box of document.querySelectorAll(`[data-redraws="${chosen.dataset.redraws}"] input[type=checkbox]`)) asked.set(box.name, '');
      // All that the part depends on, as it is chosen now: of boxes those ticked, or none.
      for (const field of document.querySelectorAll(`[data-redraws="${chosen.dataset.redraws}"] :is(input, select)`)) {
        if (field.type !== 'checkbox') asked.set(field.name, field.value);
        else if (field.checked) asked.append(field.name, field.value);
      }
      const drawn = await pageOf(`${location.pathname}?${asked}`).then(page => page.querySelector(part), () => null);
      if (drawn) document.querySelector(part).replaceChildren(...drawn.childNodes);
    });
  }

  // A box that stands for all the others of its group.
  for (const all of document.querySelectorAll('[data-all]')) {
    const others = [...all.closest('fieldset').querySelectorAll('input[type=checkbox]')].filter(box => box !== all);
    all.addEventListener('change', () => others.forEach(box => { box.checked = all.checked; }));
    others.forEach(box => box.addEventListener('change', () => { all.checked = others.every(one => one.checked); }));
  }

  // ---- Finding a page by its name.
  const find = async link => {
    const view = document.createElement('div');
    const dialog = open(link.textContent, [view]);
    const show = content => view.replaceChildren(...content.childNodes);
    let asked = 0, timer = 0;
    const ask = async form => {
      const mine = ++asked;
      const content = await pageOf(`/find?${new URLSearchParams(new FormData(form))}`);
      if (mine !== asked) return;
      // The field stays: only what was found is drawn anew.
      for (const old of [...view.children]) if (!old.contains(form) && old.tagName !== 'H2') old.remove();
      view.append(...[...content.children].filter(one => one.tagName !== 'H2' && !one.matches('form')));
    };
    show(await pageOf(link.href));
    const form = view.querySelector('form');
    form.querySelector('input').focus();
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => ask(form), 200); });
    form.addEventListener('submit', async event => {
      event.preventDefault();
      await ask(form);
      view.querySelector('.found a')?.focus();
    });
    dialog.addEventListener('keydown', event => {
      // A search field would only empty itself.
      if (event.key === 'Escape') { event.preventDefault(); dialog.close(); }
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const stops = [form.querySelector('input'), ...view.querySelectorAll('.found a')];
      const at = stops.indexOf(document.activeElement);
      const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
      if (at < 0 || !next) return;
      event.preventDefault();
      next.focus();
    });
  };
  const finder = document.querySelector('a[data-find]');
  finder?.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    find(finder);
  });

  // ---- Keys: Ctrl+K finds, Ctrl+S saves, Alt+Page Down and Alt+Page Up go to the next and the previous item.
  document.addEventListener('keydown', event => {
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (command && event.key.toLowerCase() === 'k' && finder && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      find(finder);
    } else if (command && event.key.toLowerCase() === 's' && kept.length > 0) {
      event.preventDefault();
      (kept.find(one => one.form.contains(document.activeElement)) ?? kept[0]).save();
    } else if (event.altKey && (event.key === 'PageDown' || event.key === 'PageUp')) {
      const link = document.querySelector(`main a[rel=${event.key === 'PageDown' ? 'next' : 'prev'}]`);
      if (!link) return;
      event.preventDefault();
      link.click();
    }
  });
})();
