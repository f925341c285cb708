# SPDX-License-Identifier: Apache-2.0
"""What every HTML page is asked in a browser: scripts that return a list of what is wrong."""

# Numbers in the drawing that are no numbers, or lie outside of the view box.
STRAY_COORDINATES = """
    const stray = [];
    for (const root of document.querySelectorAll("svg.drawing")) {
      const box = root.viewBox.baseVal;
      for (const one of root.querySelectorAll("path, circle, rect, text")) {
        const text = [...one.attributes].filter(({name}) => name !== "class").map(({value}) => value).join(" ");
        const at = one.getBBox();
        const shift = one.transform.baseVal.consolidate()?.matrix ?? {e: 0, f: 0};
        const [left, top] = [at.x + shift.e, at.y + shift.f];
        if (/NaN|Infinity|undefined|null/.test(text) || left < -1 || top < -1 || left + at.width > box.width + 1
            || top + at.height > box.height + 1) stray.push(root.parentNode.parentNode.id + " " + one.outerHTML);
      }
    }
    return stray;"""

# Texts whose contrast with what is behind them is less than 4.5 (WCAG 2, level AA).
PALE_TEXTS = """
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const known = new Map();
    const rgb = (color) => {
      if (known.has(color)) return known.get(color);
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
      return known.get(color);
    };
    const light = (color) => {
      const [r, g, b] = color.slice(0, 3).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = rgb(getComputedStyle(at).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255, 255];
    };
    const pale = new Set();
    for (const element of document.body.querySelectorAll("*")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!own || !element.checkVisibility() || element.closest("script")) continue;
      const style = getComputedStyle(element);
      const values = [rgb(element.closest("svg") ? style.fill : style.color), behind(element)].map(light).sort();
      const contrast = (values[1] + 0.05) / (values[0] + 0.05);
      if (!(contrast >= 4.5)) pale.add(element.tagName + "." + element.className + " " + contrast);
    }
    return [...pale];"""
