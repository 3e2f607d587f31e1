using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>Where the focus is and whether it can be seen.</summary>
/// <param name="Name">Something to recognise the element by in a failure.</param>
/// <param name="Trouble">Why it cannot be seen, or null.</param>
/// <param name="IsWanted">Whether it is one of the elements looked for.</param>
internal sealed record Focus(string Name, string? Trouble, bool IsWanted)
{
    // A mark is an outline or a shadow that is there with the focus; its colour must not be transparent. Each Tab that
    // comes later notes the stop it leaves, and stays where it is once that is wanted: so many can be pressed at once.
    private const string Script =
        """
        wanted => {
          const read = () => {
            const at = document.activeElement;
            if (!at || at === document.body || at === document.documentElement) return null;
            const name = ((at.labels && at.labels[0] ? at.labels[0].textContent : at.textContent) || at.getAttribute('aria-label') || at.name || at.tagName)
              .trim().replace(/\s+/g, ' ').slice(0, 60);
            const isWanted = wanted.includes(at);
            const shows = element => {
              const style = getComputedStyle(element);
              const clear = colour => colour === 'transparent' || /^rgba\(.*,\s*0\)$/.test(colour) || /\/\s*0\)$/.test(colour);
              return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && !clear(style.outlineColor)) || style.boxShadow !== 'none';
            };
            const box = [...at.getClientRects()].find(one => one.width > 0 && one.height > 0);
            if (!box || box.width < 2 || box.height < 2) return { name, isWanted, trouble: 'has no size' };
            const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
            const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
            if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return { name, isWanted, trouble: 'is off the screen' };
            const top = document.elementFromPoint(x, y);
            const labels = at.labels ? [...at.labels] : [];
            if (top && !at.contains(top) && !top.contains(at) && !labels.some(one => one.contains(top))) return { name, isWanted, trouble: `is behind ${top.tagName}` };
            if (!shows(at) && !labels.some(shows)) return { name, isWanted, trouble: 'has no visible mark' };
            return { name, isWanted, trouble: null };
          };
          const before = window.stopsPassed;
          before?.ended.abort();
          const passed = { stops: [], ended: new AbortController() };
          window.stopsPassed = passed;
          addEventListener('keydown', key => {
            if (key.key !== 'Tab') return;
            const stop = read();
            passed.stops.push(stop);
            if (stop?.isWanted) key.preventDefault();
          }, { capture: true, signal: passed.ended.signal });
          return [...(before?.stops ?? []).slice(1), read()];
        }
        """;

    /// <summary>The stops Tab came to since the last reading, and where the focus is now, last; null where no element has it,
    /// as after the last stop of a page. From now on Tab does not leave an element that is wanted, until
    /// <see cref="LetGoAsync"/>. Where no script runs, only where the focus is now.</summary>
    /// <param name="wanted">Elements looked for.</param>
    public static async Task<IReadOnlyList<Focus?>> ReadAsync(IPage page, IReadOnlyList<IElementHandle> wanted) =>
        [.. (await page.EvaluateAsync<Reading?[]>(Script, wanted)).Select(one => one is null ? null : new Focus(one.Name, one.Trouble, one.IsWanted))];

    /// <summary>Lets Tab go on from what was wanted.</summary>
    public static Task LetGoAsync(IPage page) =>
        page.EvaluateAsync("() => { window.stopsPassed?.ended.abort(); delete window.stopsPassed; }");

    private sealed class Reading
    {
        public string Name { get; set; } = "";

        public bool IsWanted { get; set; }

        public string? Trouble { get; set; }
    }
}
