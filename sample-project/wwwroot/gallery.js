// Hangs the images that the page does not know, and says of each how big it is.

const gallery = document.getElementById("gallery");

function hang({ path, width, height }) {
  const figure = document.createElement("figure");
  figure.className = "added";
  const link = figure.appendChild(document.createElement("a"));
  const image = link.appendChild(document.createElement("img"));
  const caption = figure.appendChild(document.createElement("figcaption"));
  const name = path.slice("img/".length);
  if (width) {
    image.width = width;
    image.height = height;
  }
  link.href = image.src = path.split("/").map(encodeURIComponent).join("/");
  image.alt = name;
  caption.appendChild(document.createElement("code")).textContent = name;
  return gallery.appendChild(figure);
}

const known = new Map([...document.images].map(image => [image.getAttribute("src"), image.closest("figure")]));

for (const image of await (await fetch("images.json")).json()) {
  const figure = known.has(image.path) ? known.get(image.path) : hang(image);
  if (figure) {
    const size = document.createElement("small");
    size.textContent = `${Math.ceil(image.length / 1024)} KB`;
    figure.querySelector("figcaption").append(size);
  }
}
