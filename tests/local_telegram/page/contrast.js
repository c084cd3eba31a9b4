// Every visible text, icon, field and focus ring of the page with too little contrast against what
// lies under it, as WCAG 2.2 counts it (1.4.3 and 1.4.11): [{what, ratio, least}].
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  const over = ([r, g, b, a], under) => [r, g, b].map((one, at) => one * a + under[at] * (1 - a));

  function under(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  }

  function light(colour) {
    const [r, g, b] = colour.map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(colour, below) {
    const [low, high] = [light(over(rgba(colour), below)), light(below)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  function leastFor({ fontSize, fontWeight }) {
    const size = parseFloat(fontSize);
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
  }

  const poor = [];
  let count = 0;
  function judge(what, colour, below, least) {
    count += 1;
    const found = ratio(colour, below);
    if (found < least) poor.push({ what, ratio: Number(found.toFixed(2)), least });
  }

  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    const name = `${element.tagName}.${element.getAttribute("class") ?? ""}`;
    if (element.matches(":disabled, :disabled *, .unseen, noscript, script") || !element.checkVisibility())
      continue;
    const said = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    // A covered spoiler is meant to be unreadable.
    if (said && rgba(style.color)[3] > 0)
      judge(`${name} "${element.textContent.slice(0, 20)}"`, style.color, under(element), leastFor(style));
    if (element.matches("svg.icon")) judge(`${name} icon`, style.color, under(element), 3);
    if (element.matches("textarea"))
      judge(`${name} hint`, getComputedStyle(element, "::placeholder").color, under(element), 4.5);
    if (element.matches("input"))
      judge(`${name} frame`, style.borderTopColor, under(element.parentElement), 3);
    if (element.matches("button, a[href], [tabindex]")) {
      const ring = getComputedStyle(document.documentElement).getPropertyValue("--accent");
      judge(`${name} focus ring`, ring, under(element.parentElement), 3);
    }
  }
  return { count, poor };
}
