// Hangs the images that the page does not know, and says of each how big it is.

const gallery = document.getElementById("gallery");

function hang(name) {
  const figure = document.createElement("figure");
  figure.className = "added";
  const link = figure.appendChild(document.createElement("a"));
  const image = link.appendChild(document.createElement("img"));
  const caption = figure.appendChild(document.createElement("figcaption"));
  link.href = image.src = `img/${encodeURIComponent(name)}`;
  image.alt = name;
  caption.appendChild(document.createElement("code")).textContent = name;
  return gallery.appendChild(figure);
}

const known = new Map([...document.images].map(image => [image.getAttribute("src"), image.closest("figure")]));

for (const { name, length } of await (await fetch("images.json")).json()) {
  const path = `img/${name}`;
  const figure = known.has(path) ? known.get(path) : hang(name);
  if (figure) {
    const size = document.createElement("small");
    size.textContent = `${Math.ceil(length / 1024)} KB`;
    figure.querySelector("figcaption").append(size);
  }
}
