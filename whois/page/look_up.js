// What the look-up page has beyond HTML: times in the visitor's zone, names of countries, copying,
// and the raw data in place. The page is whole without it.
(() => {
  'use strict';

  const say = (text) => {
    document.getElementById('say').textContent = text;
  };

  const button = (text, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'action';
    made.textContent = text;
    made.addEventListener('click', () => act(made));
    return made;
  };

  // Only where the browser can: over HTTPS, and from localhost.
  const canCopy = Boolean(navigator.clipboard && navigator.clipboard.writeText);
  const copy = async (text, made, label) => {
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = 'Copied';
      say('Copied');
    } catch {
      made.textContent = 'Could not copy';
      say('Could not copy');
    }
    setTimeout(() => {
      made.textContent = label;
      say('');
    }, 2000);
  };

  const showCountries = () => {
    const names = new Intl.DisplayNames(['en'], {type: 'region', fallback: 'none'});
    for (const place of document.querySelectorAll('[data-country]')) {
      try {
        const name = names.of(place.dataset.country);
        if (name) place.textContent = `${name} (${place.dataset.country})`;
      } catch {
        // No code of a country: it stays as it is.
      }
    }
  };

  const addLocalTimes = (actions) => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const times = [...document.querySelectorAll('time[datetime]')];
    if (!zone || zone === 'UTC' || zone === 'Etc/UTC' || times.length === 0) return;
    const format = new Intl.DateTimeFormat('en-GB', {
      day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit',
      hourCycle: 'h23', timeZoneName: 'short',
    });
    const utc = times.map((time) => time.textContent);
    const made = button('Times in my zone', () => {
      const local = made.getAttribute('aria-pressed') !== 'true';
      made.setAttribute('aria-pressed', String(local));
      times.forEach((time, i) => {
        time.textContent = local ? format.format(new Date(time.dateTime)) : utc[i];
      });
      say(local ? `Times are shown for ${zone}` : 'Times are shown in UTC');
    });
    made.setAttribute('aria-pressed', 'false');
    made.title = zone;
    actions.append(made);
  };

  const addRawData = (actions, link) => {
    const box = document.createElement('section');
    box.className = 'card raw';
    box.id = 'raw';
    box.hidden = true;
    box.setAttribute('aria-label', 'Raw data');
    const text = document.createElement('pre');
    text.tabIndex = 0;
    box.append(text);
    link.closest('.subject').append(box);

    const load = async () => {
      text.textContent = 'Loading\u2026';
      try {
        const answer = await fetch(link.href, {headers: {Accept: 'application/rdap+json'}});
        text.textContent = JSON.stringify(await answer.json(), null, 2);
        say('The raw data are shown');
        return true;
      } catch {
        text.textContent = 'The raw data could not be fetched. The link may still work.';
        say(text.textContent);
        return false;
      }
    };
    let loaded = false;
    const made = button('Show raw data here', async () => {
      box.hidden = !box.hidden;
      made.setAttribute('aria-expanded', String(!box.hidden));
      made.textContent = box.hidden ? 'Show raw data here' : 'Hide raw data';
      if (!box.hidden && !loaded) loaded = await load();
    });
    made.setAttribute('aria-expanded', 'false');
    made.setAttribute('aria-controls', 'raw');
    link.after(made);
    if (canCopy) {
      const label = 'Copy raw data';
      box.append(button(label, (copied) => copy(text.textContent, copied, label)));
    }
  };

  showCountries();
  const actions = document.querySelector('.actions');
  const link = document.getElementById('json');
  if (actions && link) {
    addRawData(actions, link);
    if (canCopy) {
      const label = 'Copy name';
      actions.append(button(label, (copied) => copy(actions.dataset.name, copied, label)));
    }
    addLocalTimes(actions);
  }
})();
