(() => {
  'use strict';

  // A picture at its full size, or two in comparison. All that it shows is copied from the page, element by element.
  const viewer = document.getElementById('viewer');
  const stage = viewer.querySelector('.stage');
  const slider = viewer.querySelector('[type=range]');
  const modes = [...viewer.querySelectorAll('[name=mode]')];
  const sides = [...stage.querySelectorAll('figure')];
  const [place, told, position] = ['.place', '.told', '.position'].map(name => viewer.querySelector(name));
  const [previous, next] = ['.previous', '.next'].map(name => viewer.querySelector(name));
  const sliders = { swipe: 'Border between before and after', onion: 'Opacity of the image after' };
  const smallest = 512;
  const largestZoom = 16;
  let openers = [];
  let opener;

  // One for each card: where there are two pictures, they are compared.
  const openerOf = card => card.querySelector('button.compare:enabled') ?? card.querySelector('button.tile:enabled');

  function open(button) {
    const list = button.closest('ul');
    openers = [...list.children].filter(card => !card.hidden).map(openerOf).filter(Boolean);
    show(openerOf(button.closest('li')));
    viewer.showModal();
    focusControl();
  }

  async function show(button) {
    opener = button;
    const card = button.closest('li');
    const images = [...card.querySelectorAll('.tile img')].map(image => Object.assign(image.cloneNode(), { loading: 'eager' }));
    const captions = card.querySelectorAll('figcaption, .facts');
    sides.forEach((side, i) => {
      side.firstElementChild.replaceChildren(...images.slice(i, i + 1));
      side.lastElementChild.replaceChildren(...captions[i]?.cloneNode(true).childNodes ?? []);
    });
    viewer.classList.toggle('drawing', card.querySelector('.tile.drawing') !== null);
    viewer.classList.toggle('single', images.length < 2);
    viewer.querySelector('h2').textContent = pathOf(card);
    place.textContent = card.querySelector('.place')?.textContent ?? '';
    told.textContent = '';
    position.textContent = `${openers.indexOf(button) + 1} of ${openers.length}`;
    previous.disabled = button === openers[0];
    next.disabled = button === openers.at(-1);
    setMode();
    try {
      await Promise.all(images.map(image => image.decode()));
    } catch (error) {
      // It was drawn in the page, but its file may be gone since then.
      if (error.name !== 'EncodingError') {
        throw error;
      }
      return;
    }
    if (opener === button) {
      const area = areaOf(images);
      arrange(images, area);
      told.textContent = images.length < 2 ? '' : compare(images, area);
    }
  }

  // One for both, as large as the larger one. The smaller one fills it where it has the same shape, give or take a pixel of
  // rounding: then it is likely the same picture in another resolution. Otherwise both keep to one scale.
  function areaOf(images) {
    const [widths, heights] = [images.map(image => image.naturalWidth), images.map(image => image.naturalHeight)];
    const [width, height] = [Math.max(...widths), Math.max(...heights)];
    const hasOneSize = Math.min(...widths) === width && Math.min(...heights) === height;
    const fills = Math.abs(widths[0] * heights.at(-1) - widths.at(-1) * heights[0]) <= Math.max(width, height);
    return { width, height, hasOneSize, fills };
  }

  function arrange(images, { width, height, fills }) {
    const zoom = Math.min(Math.max(Math.floor(smallest / Math.max(width, height)), 1), largestZoom);
    Object.entries({ width, height, zoom }).forEach(([name, value]) => stage.style.setProperty(`--${name}`, value));
    stage.classList.toggle('pixels', zoom > 1);
    images.forEach(image => {
      image.style.width = fills ? '100%' : `${100 * image.naturalWidth / width}%`;
      image.style.height = fills ? '100%' : `${100 * image.naturalHeight / height}%`;
    });
  }

  // A drawing has no pixels of its own. Two resolutions of one picture differ in nearly all, which says nothing.
  function compare(images, area) {
    const isDrawing = viewer.classList.contains('drawing');
    if (area.hasOneSize || (isDrawing && area.fills)) {
      return differenceInWords(images, area);
    }

    const sizes = isDrawing ? 'Of different shapes' : images.map(image => `${image.naturalWidth}×${image.naturalHeight}`).join(' before, ') + ' after';
    return area.fills ? `${sizes}: the smaller one is enlarged.`
      : `${sizes}: at one scale, from the upper left corner. ${isDrawing ? '' : differenceInWords(images, area)}`.trimEnd();
  }

  function setMode() {
    const mode = viewer.classList.contains('single') ? 'single' : modes.find(button => button.checked).value;
    stage.dataset.mode = mode;
    slider.hidden = !sliders[mode];
    slider.setAttribute('aria-label', sliders[mode] ?? '');
    stage.style.setProperty('--at', `${slider.value}%`);
  }

  const focusControl = () => (viewer.classList.contains('single') ? viewer.querySelector('.close')
    : slider.hidden ? modes.find(button => button.checked) : slider).focus();

  function turn(step) {
    const to = openers[openers.indexOf(opener) + step];
    if (to) {
      show(to);
    }
  }

  function press(key) {
    const mode = modes[key - 1];
    if (mode && !viewer.classList.contains('single')) {
      mode.checked = true;
      setMode();
      focusControl();
    } else if (key === 'n' || key === 'p') {
      turn(key === 'n' ? 1 : -1);
    }
  }

  document.addEventListener('click', event => {
    const button = event.target.closest('button.tile, button.compare');
    if (button) {
      open(button);
    }
  });
  viewer.addEventListener('keydown', event => event.ctrlKey || event.metaKey || event.altKey || press(event.key));
  viewer.addEventListener('input', setMode);
  previous.addEventListener('click', () => turn(-1));
  next.addEventListener('click', () => turn(1));
  viewer.querySelector('.close').addEventListener('click', () => viewer.close());

  // What is beside it closes it; where the press began counts, since a drag of the slider may well end there.
  let pressed;
  viewer.addEventListener('pointerdown', event => {
    pressed = event.target;
  });
  viewer.addEventListener('click', event => event.target === viewer && pressed === viewer && viewer.close());

  // Back to what was looked at last.
  viewer.addEventListener('close', () => opener.focus());
})();
