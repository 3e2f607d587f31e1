using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Server.Components;

/// <summary>Where the stages of a map stand: a column for each step of the longest way there, stages side by side below
/// one another. All in pixels of the drawing; right-to-left pages begin at the other side.</summary>
public sealed class StageMapLayout
{
    private const int Wide = 1112, Narrowest = 112, Above = 26, RowHeight = 112, MaxLines = 3;

    private readonly ImmutableArray<Place> _places;
    private readonly int _step;

    private StageMapLayout(ImmutableArray<Place> places, bool mirrored)
    {
        _places = places;
        Columns = places.Max(p => p.Column) + 1;
        Rows = places.Max(p => p.Row) + 1;
        _step = Math.Clamp(Wide / Columns, Narrowest, 160);
        Width = _step * Columns;
        Height = RowHeight * Rows;
        Mirrored = mirrored;
    }

    public int Width { get; }

    public int Height { get; }

    public int Columns { get; }

    /// <summary>Whether it is drawn in its own width, to be moved along, because names would run into each other otherwise.</summary>
    public bool IsLong => Width > Wide;

    public int Rows { get; }

    public bool Mirrored { get; }

    /// <summary>The stages with their places.</summary>
    public IEnumerable<(StageLine Stage, int X, int Y)> Stops => _places.Select(p => (p.Stage, X(p), Y(p)));

    /// <summary>A way from a stage to the next, as data of an SVG path, and whether it was gone.</summary>
    public IEnumerable<(string Path, bool Walked)> Ways =>
        from to in _places
        from before in to.Before
        let start = _places.First(p => p.Stage.Id == before)
        select (Curve(start, to), start.Stage.Status != StageStatus.Waiting && to.Stage.Status is StageStatus.Done or StageStatus.Open);

    /// <summary>Places the stages that take place, as far as is known; the ways lead past the others.</summary>
    /// <param name="stages">In the order of the process, each after those it follows.</param>
    /// <param name="mirrored">Whether the page reads from right to left.</param>
    public static StageMapLayout Of(IReadOnlyList<StageLine> stages, bool mirrored)
    {
        var places = ImmutableArray.CreateBuilder<Place>();
        var ancestors = new Dictionary<string, ImmutableHashSet<string>>(StringComparer.Ordinal);
        foreach (var stage in stages)
        {
            var all = stage.After.SelectMany(id => ancestors[id]).ToImmutableHashSet(StringComparer.Ordinal);
            ancestors[stage.Id] = stage.TakesPlace ? all.Add(stage.Id) : all;
            if (stage.TakesPlace)
                places.Add(Next(places, stage, all));
        }

        return new StageMapLayout(places.ToImmutable(), mirrored);

        // Drawn are the last steps before a stage, not the steps before those.
        Place Next(ImmutableArray<Place>.Builder placed, StageLine stage, ImmutableHashSet<string> all)
        {
            var before = placed.Where(p => all.Contains(p.Stage.Id)
                && !all.Any(other => other != p.Stage.Id && ancestors[other].Contains(p.Stage.Id))).ToList();
            var column = before.Count == 0 ? 0 : before.Max(p => p.Column) + 1;
            return new Place(stage, column, placed.Count(p => p.Column == column), [.. before.Select(p => p.Stage.Id)]);
        }
    }

    /// <summary>A name in lines that fit under its stop.</summary>
    public IReadOnlyList<string> Wrap(string name)
    {
        var room = _step / 7;
        var lines = new List<string>();
        foreach (var word in name.Split(' '))
        {
            if (lines.Count > 0 && (lines[^1].Length + word.Length < room || lines.Count == MaxLines))
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }

        return [.. lines.SelectMany(line => Broken(line, room))];
    }

    // Scripts that write no blanks break anywhere.
    private static IEnumerable<string> Broken(string line, int room) =>
        line.Any(c => c is >= '\u2E80' and <= '\u9FFF') ? line.Chunk(Math.Max(1, room / 2)).Select(chunk => new string(chunk)) : [line];

    private int X(Place place)
    {
        var x = (place.Column * _step) + (_step / 2);
        return Mirrored ? Width - x : x;
    }

    private static int Y(Place place) => Above + (place.Row * RowHeight);

    private string Curve(Place from, Place to)
    {
        var (x1, y1, x2, y2) = (X(from), Y(from), X(to), Y(to));
        // One column is enough to change rows: before it when coming up, after it when going down, so that no name is crossed.
        var step = Mirrored ? -_step : _step;
        var (bend, end) = y1 > y2 ? (x2 - step, x2) : (x1, x1 + step);
        var half = (bend + end) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"M{x1} {y1}H{bend}C{half} {y1} {half} {y2} {end} {y2}H{x2}");
    }

    private sealed record Place(StageLine Stage, int Column, int Row, ImmutableArray<string> Before);
}
