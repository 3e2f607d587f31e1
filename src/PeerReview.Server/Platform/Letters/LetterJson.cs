using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Letters;

/// <summary>A letter as an outbox row carries it: canonical JSON, keys in ordinal order, nothing that is empty.</summary>
public static class LetterJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Letter letter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            Write(json, "days", letter.Days, day => day.ToString("O", CultureInfo.InvariantCulture));
            if (letter.Deadline is { } deadline)
                Write(json, deadline);
            Write(json, "instants", letter.Instants, at => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
            if (letter.Invitation is { } invitation)
                Write(json, invitation);
            if (letter.Items is { } items)
                Write(json, items);
            if (letter.Language is { } language)
                json.WriteString("language", language);
            if (letter.Lasts is { } lasts)
                json.WriteNumber("lasts_minutes", (int)lasts.TotalMinutes);
            if (letter.Late is { } late)
                Write(json, late);
            json.WriteString("letter", letter.Name);
            Write(json, letter.Lines);
            json.WriteString("path", letter.Path);
            json.WriteString("person", letter.Person.Value);
            if (letter.Review is { } review)
                Write(json, review);
            if (letter.Reviewer is { } reviewer)
                json.WriteString("reviewer", reviewer);
            if (letter.Side is { } side)
                Write(json, side);
            if (letter.Stage is { } stage)
                Write(json, stage);
            if (letter.State is { } state)
                json.WriteString("state", state);
            Write(json, "values", letter.Values, value => value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="FormatException">It is no letter: another release wrote it, or a hand.</exception>
    public static Letter Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return new Letter(
                root.GetProperty("letter").GetString()!,
                new PersonId(root.GetProperty("person").GetGuid()),
                root.GetProperty("path").GetString()!)
            {
                Language = Text(root, "language"),
                State = Text(root, "state"),
                Review = Part(root, "review") is { } review ? ReadReview(review) : null,
                Reviewer = Text(root, "reviewer"),
                Side = Part(root, "side") is { } side ? ReadSide(side) : null,
                Stage = Part(root, "stage") is { } stage ? ReadStage(stage) : null,
                Deadline = Part(root, "deadline") is { } deadline ? ReadDeadline(deadline) : null,
                Items = Part(root, "items") is { } items ? ReadItems(items) : null,
                Invitation = Part(root, "invitation") is { } invitation ? ReadInvitation(invitation) : null,
                Late = Part(root, "late") is { } late ? ReadLate(late) : null,
                Values = Map(root, "values", value => value),
                Days = Map(root, "days", ReadDay),
                Instants = Map(root, "instants", ReadInstant),
                Lasts = Part(root, "lasts_minutes") is { } lasts ? TimeSpan.FromMinutes(lasts.GetInt32()) : null,
                Lines = Part(root, "lines") is { } lines ? [.. lines.EnumerateArray().Select(ReadLine)] : [],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The row holds no letter: {e.Message}", e);
        }
    }

    private static void Write<T>(
        Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, T> values, Func<T, string> text)
    {
        if (values.IsEmpty)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
            json.WriteString(key, text(value));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<DigestLine> lines)
    {
        if (lines.IsEmpty)
            return;
        json.WriteStartArray("lines");
        foreach (var line in lines)
        {
            json.WriteStartObject();
            Write(json, line.Deadline);
            if (line.Review is { } review)
                Write(json, review);
            Write(json, line.Stage);
            json.WriteString("state", line.State);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LetterDeadline deadline)
    {
        json.WriteStartObject("deadline");
        if (deadline.At is { } at)
            json.WriteString("at", at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("day", deadline.Day.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("zone", deadline.Zone);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LetterItems items)
    {
        json.WriteStartObject("items");
        json.WriteString("framework", items.Framework);
        json.WriteString("list", string.Join(' ', items.Items));
        json.WriteNumber("version", items.Version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LetterInvitation invitation)
    {
        json.WriteStartObject("invitation");
        if (invitation.AnswerBy is { } answer)
            Write(json, answer);
        if (invitation.Work is { } work)
            json.WriteString("from", work.From.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("items", invitation.Items);
        json.WriteString("language", invitation.Language);
        if (invitation.ReserveDays is { } days)
            json.WriteNumber("reserve_days", days);
        if (!invitation.Stages.IsEmpty)
        {
            json.WriteStartArray("stages");
            foreach (var time in invitation.Stages)
            {
                json.WriteStartObject();
                json.WriteNumber("days", time.Days);
                json.WriteString("from", time.From.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("stage", time.Stage);
                json.WriteString("to", time.To.ToString("O", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (invitation.Work is { } ends)
            json.WriteString("to", ends.To.ToString("O", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LetterLate late)
    {
        json.WriteStartObject("late");
        WriteSide(json, late);
        if (!late.Beside.IsEmpty)
        {
            json.WriteStartArray("beside");
            foreach (var side in late.Beside)
            {
                json.WriteStartObject();
                WriteSide(json, side);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, LetterLate late)
    {
        if (!late.Own.IsEmpty)
            json.WriteString("own", string.Join(' ', late.Own));
        json.WriteString("roles", string.Join(' ', late.Roles));
        if (late.State is { } state)
            json.WriteString("state", state);
    }

    private static void Write(Utf8JsonWriter json, LetterReview review)
    {
        json.WriteStartObject("review");
        json.WriteString("kind", review.Kind);
        json.WriteString("launched", review.LaunchedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("process", review.Process);
        if (review.Theme is { } theme)
            json.WriteString("theme", theme);
        json.WriteString("variant", review.Variant);
        json.WriteNumber("version", review.Version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LetterSide side)
    {
        json.WriteStartObject("side");
        json.WriteString("party", side.Party);
        json.WriteString("process", side.Process);
        json.WriteNumber("version", side.Version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LetterStage stage)
    {
        json.WriteStartObject("stage");
        json.WriteString("process", stage.Process);
        json.WriteString("stage", stage.Stage);
        json.WriteNumber("version", stage.Version);
        json.WriteEndObject();
    }

    private static DigestLine ReadLine(JsonElement line) => new(
        line.GetProperty("state").GetString()!, ReadStage(line.GetProperty("stage")), ReadDeadline(line.GetProperty("deadline")))
    {
        Review = Part(line, "review") is { } review ? ReadReview(review) : null,
    };

    private static LetterReview ReadReview(JsonElement review) => new(
        review.GetProperty("process").GetString()!, review.GetProperty("version").GetInt32(), review.GetProperty("variant").GetString()!,
        review.GetProperty("kind").GetString()!, ReadInstant(review.GetProperty("launched").GetString()!))
    {
        Theme = Text(review, "theme"),
    };

    private static LetterSide ReadSide(JsonElement side) => new(
        side.GetProperty("process").GetString()!, side.GetProperty("version").GetInt32(), side.GetProperty("party").GetString()!);

    private static LetterStage ReadStage(JsonElement stage) => new(
        stage.GetProperty("process").GetString()!, stage.GetProperty("version").GetInt32(), stage.GetProperty("stage").GetString()!);

    private static LetterDeadline ReadDeadline(JsonElement deadline) => new(
        ReadDay(deadline.GetProperty("day").GetString()!), deadline.GetProperty("zone").GetString()!)
    {
        At = Text(deadline, "at") is { } at ? ReadInstant(at) : null,
    };

    private static LetterItems ReadItems(JsonElement items) => new(
        items.GetProperty("framework").GetString()!, items.GetProperty("version").GetInt32(), [.. items.GetProperty("list").GetString()!.Split(' ')]);

    private static LetterInvitation ReadInvitation(JsonElement invitation) => new(
        invitation.GetProperty("items").GetInt32(), invitation.GetProperty("language").GetString()!)
    {
        AnswerBy = Part(invitation, "deadline") is { } deadline ? ReadDeadline(deadline) : null,
        Work = Text(invitation, "from") is { } from ? (ReadDay(from), ReadDay(invitation.GetProperty("to").GetString()!)) : null,
        ReserveDays = Part(invitation, "reserve_days")?.GetInt32(),
        Stages = Part(invitation, "stages") is { } stages
            ? [.. stages.EnumerateArray().Select(time => new LetterStageTime(
                time.GetProperty("stage").GetString()!, ReadDay(time.GetProperty("from").GetString()!), ReadDay(time.GetProperty("to").GetString()!),
                time.GetProperty("days").GetInt32()))]
            : [],
    };

    private static LetterLate ReadLate(JsonElement late) => new(
        [.. late.GetProperty("roles").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Text(late, "state"))
    {
        Own = [.. (Text(late, "own") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        Beside = Part(late, "beside") is { } sides ? [.. sides.EnumerateArray().Select(ReadLate)] : [],
    };

    private static DateTimeOffset ReadInstant(string at) => DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture);

    private static DateOnly ReadDay(string day) => DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture);

    private static JsonElement? Part(JsonElement root, string name) => root.TryGetProperty(name, out var part) ? part : null;

    private static string? Text(JsonElement root, string name) => Part(root, name)?.GetString();

    private static ImmutableSortedDictionary<string, T> Map<T>(JsonElement root, string name, Func<string, T> read) =>
        Part(root, name) is { } map
            ? map.EnumerateObject().ToImmutableSortedDictionary(one => one.Name, one => read(one.Value.GetString()!), StringComparer.Ordinal)
            : ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
