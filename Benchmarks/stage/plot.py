"""A small writer of line plots as SVG: linear or logarithmic axes, the lines' names at their ends."""
import html, math

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666", "#8b4513", "#9400d3", "#2e8b57"]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 870, 460, 80, 250, 40, 50


def ticks(low, high, logarithmic):
    if logarithmic:
        return [10**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    step = 10 ** math.floor(math.log10((high - low) / 4))
    step *= next(factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= 7)
    return [step * number for number in range(math.floor(low / step), math.ceil(high / step) + 1)]


def number(value):
    return f"{value:,.0f}".replace(",", " ") if value >= 1 else f"{value:g}"


def apart(places, least):
    """The same places, moved down where a name would stand on another's."""
    moved, last = {}, -math.inf
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        moved[name] = last = max(place, last + least)
    return moved


def plot(path, title, x_label, y_label, lines, log_x=False, log_y=False):
    """`lines`: for each name its points (x, y)."""
    scales = []
    for index, logarithmic in enumerate((log_x, log_y)):
        values = [point[index] for points in lines.values() for point in points]
        low = min(values) if logarithmic or index == 0 else 0
        marks = ticks(low, max(values), logarithmic)
        place = math.log10 if logarithmic else float
        scales.append((place, place(marks[0]), place(marks[-1]), marks))

    def across(x):
        place, low, high, _ = scales[0]
        return LEFT + (place(x) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def up(y):
        place, low, high, _ = scales[1]
        return HEIGHT - BOTTOM - (place(y) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def text(x, y, words, **attributes):
        given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        return f'<text x="{x:.1f}" y="{y:.1f}"{given}>{html.escape(words)}</text>'

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', text(LEFT, 22, title, font_size=15, font_weight="bold")]
    for x in scales[0][3]:
        parts += [f'<path d="M{across(x):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e4e4e4"/>',
                  text(across(x), HEIGHT - BOTTOM + 18, number(x), text_anchor="middle")]
    for y in scales[1][3]:
        parts += [f'<path d="M{LEFT} {up(y):.1f}H{WIDTH - RIGHT}" stroke="#e4e4e4"/>',
                  text(LEFT - 8, up(y) + 4, number(y), text_anchor="end")]
    parts += [text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x_label, text_anchor="middle"),
              text(0, 0, y_label, text_anchor="middle", transform=f"translate(18 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)")]
    names = apart({name: up(points[-1][1]) for name, points in lines.items()}, 16)
    for (name, points), colour in zip(lines.items(), COLOURS * 9):
        trail = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in points)
        parts += [f'<polyline points="{trail}" fill="none" stroke="{colour}" stroke-width="2"/>',
                  *(f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="3" fill="{colour}"/>' for x, y in points),
                  text(across(points[-1][0]) + 10, names[name] + 4, name, fill=colour)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts + ["</svg>"]) + "\n")
