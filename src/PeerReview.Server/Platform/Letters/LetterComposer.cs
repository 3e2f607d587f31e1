using System.Collections.Immutable;
using PeerReview.Core.Ports;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Puts a letter into words: the language, the days and the names of the moment at which it is sent.</summary>
public sealed class LetterComposer(
    LetterCatalog letters, ILetterRenderer renderer, TextCatalogue texts, StateNames states, IStageTitles titles)
{
    /// <summary>The letter as it will be read.</summary>
    /// <exception cref="LetterException">The letter lacks a value that its text names.</exception>
    /// <exception cref="KeyNotFoundException">No letter has this name in this release.</exception>
    public ComposedLetter Compose(Letter letter, Reader reader, LetterFrame frame)
    {
        var words = texts.In(letter.Language ?? reader.Language);
        var file = letters[letter.Name, words.Language];
        var values = Values(letter, reader, frame);
        return new ComposedLetter(
            OneLine(OfState(renderer.Render(file.Subject, values, words.Culture), letter.Late, words)),
            renderer.Render(file.Body, values, words.Culture) + "\n",
            file.Language,
            file.Kind.Secret);
    }

    /// <summary>What the letter may name, in the words of its reader.</summary>
    internal IReadOnlyDictionary<string, LetterValue> Values(Letter letter, Reader reader, LetterFrame frame)
    {
        var words = texts.In(letter.Language ?? reader.Language);
        var values = letter.Values.ToDictionary(pair => pair.Key, pair => new LetterValue(pair.Value), StringComparer.Ordinal);
        values["name"] = Bidi.Isolated(OneLine(reader.Name));
        values["programme"] = OneLine(frame.Programme);
        values["address"] = new Uri(
            frame.Address, LetterNames.OpensBeforeSignIn(letter.Name) ? $"{letter.Path}?lang={words.Language}" : letter.Path).AbsoluteUri;
        foreach (var (name, day) in letter.Days)
            values[name] = new LetterValue(words.Day(day)) { Day = day };
        foreach (var (name, at) in letter.Instants)
            values[name] = new LetterValue(words.InstantIn(at, reader.TimeZone)) { Day = Zones.DayAt(at, reader.TimeZone) };
        if (letter.Lasts is { } lasts)
            values["lasts"] = words.Of("letters.minutes", ("count", (int)lasts.TotalMinutes));
        foreach (var (name, value) in About(letter.State, letter.Review, letter.Stage, letter.Deadline, words, frame.Now))
            values[name] = value;
        if (letter.Stage is { } asked)
            values["roles"] = titles.NamedFor(asked, words);
        values["contact"] = frame.Office is { } office ? OneLine(office) : words["letters.contact"];
        if (letter.Reviewer is { } reviewer)
            values["reviewer"] = states.Of(reviewer, words.Language);
        // Of a strategy of several States: regional or subregional, as the subject is.
        if (letter.Review is { Kind: not Region.National } shared)
            values["scale"] = words[shared.Kind == "subregional" ? "letters.scale.subregional" : "letters.scale.regional"];
        if (letter.Side is { } side)
            values["side"] = titles.SideOf(side, words.Language);
        if (letter.Items is { } items)
            values["items"] = string.Join('\n', items.Items.Select(item => $"- {item} {titles.QuestionOf(items.Framework, items.Version, item, words.Language)}".TrimEnd()));
        if (letter.Invitation is { } invitation)
            values["facts"] = string.Join('\n', Facts(invitation, letter, words).Select(fact => $"- {fact.Name}{words["shell.colon"]}{fact.Text}"));
        // Whoever is asked only now is late with nothing, whatever the stage is.
        if (letter.Deadline is { At: null } passed && LetterNames.IsTurn(letter.Name) && Zones.DaysUntil(passed.Day, passed.Zone, frame.Now) < 0)
        {
            values["left"] = values["left"] with { Shown = words.Of("letters.due_since", ("day", values["due"].Shown)) };
            values["due"] = values["due"] with { Shown = words["letters.due_soon"] };
        }

        if (letter.Late is { } late)
            values["late"] = Late(late, words);
        if (!letter.Lines.IsEmpty)
            values["list"] = List(letter.Lines, words, frame.Now);
        return values;
    }

    private ImmutableDictionary<string, LetterValue> About(
        string? state, LetterReview? review, LetterStage? stage, LetterDeadline? deadline, Texts words, DateTimeOffset now)
    {
        var values = ImmutableDictionary.CreateBuilder<string, LetterValue>(StringComparer.Ordinal);
        if (state is not null)
        {
            var name = states.Of(state, words.Language);
            values["state"] = name;
            values["review"] = review is null
                ? name
                : ReviewNames.Of(words, name, titles.KindOf(review, words), states.DayIn(state, review.LaunchedAt));
        }

        if (stage is not null)
            values["stage"] = titles.Of(stage, words.Language);
        if (deadline is not null)
        {
            values["due"] = new LetterValue(deadline.At is { } at ? words.InstantIn(at, deadline.Zone) : words.DayIn(deadline.Day, deadline.Zone))
            {
                Day = deadline.Day,
            };
            values["left"] = new LetterValue(words.DaysLeft(deadline.Day, deadline.Zone, now))
            {
                Number = Zones.DaysUntil(deadline.Day, deadline.Zone, now),
            };
        }

        return values.ToImmutable();
    }

    private IEnumerable<(string Name, string Text)> Facts(LetterInvitation invitation, Letter letter, Texts words)
    {
        if (invitation.AnswerBy is { } answer)
            yield return (words["invitation.answer_by"], words.DayIn(answer.Day, answer.Zone));
        yield return (words["invitation.what"], !invitation.Stages.IsEmpty && letter.Review is { } review
            ? string.Join("\n  - ", invitation.Stages.Select(time => words.Of(
                "invitation.stage", ("stage", titles.Of(new LetterStage(review.Process, review.Version, time.Stage), words.Language)),
                ("from", time.From), ("to", time.To), ("days", words.Of("processes.days", ("count", time.Days))))).Prepend(words["invitation.what_stages"]))
            : invitation.Items > 0 ? words.Of("invitation.what_text", ("count", invitation.Items)) : words["invitation.what_own"]);
        if (invitation.Work is { } work)
            yield return (words["invitation.when"], words.Of("invitation.when_text", ("from", work.From), ("to", work.To)));
        if (invitation.ReserveDays is { } days)
            yield return (words["invitation.when"], words.Of("invitation.when_reserve", ("count", days)));
        if (letter.Name == LetterNames.ReserveInvited && !invitation.Stages.IsEmpty)
            yield return (words["invitation.when"], words["invitation.when_reserve_own"]);
        yield return (words["invitation.language"], words.LanguageName(invitation.Language));
    }

    private LetterValue Late(LetterLate late, Texts words) => string.Join(
        words["format.list_separator"],
        late.All.Select(side => OfState(words.List([.. side.Roles.Select(role => RoleOf(side, role, words))]), side, words)).Distinct(StringComparer.Ordinal));

    private static string RoleOf(LetterLate side, string role, Texts words) =>
        side.Own.Contains(role, StringComparer.Ordinal) ? words.Of("letters.late_you", ("who", words["role." + role])) : words["role." + role];

    // Several sides can be late with one stage: the letters about them, each in its subject, are told apart by the States.
    private string OfState(string text, LetterLate? late, Texts words) =>
        late?.All is { } all && all.All(side => side.State is not null && side.Roles.All(role => role is RoleCode.ReviewerFocalPoint or RoleCode.Expert))
            ? words.Of(
                "letters.late_of_state", ("who", text),
                ("state", string.Join(words["format.list_separator"], all.Select(side => states.Of(side.State!, words.Language)).Distinct(StringComparer.Ordinal))))
            : text;

    private LetterValue List(ImmutableArray<DigestLine> lines, Texts words, DateTimeOffset now)
    {
        var ordered = lines.OrderBy(line => line.Deadline.Day).ToList();
        var rows = ordered.Select(line => About(line.State, line.Review, line.Stage, line.Deadline, words, now)).ToImmutableArray();
        var shown = rows.Zip(ordered, (row, line) =>
        {
            var consent = titles.ConsentOf(line.Stage, words.Language);
            return "- " + words.Of(
                consent is null ? "letters.digest_line" : "letters.digest_line_silence",
                [.. row.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value.Shown)), KeyValuePair.Create("silence", (object?)consent)]);
        });
        return new LetterValue(string.Join('\n', shown)) { Rows = rows };
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Who reads it.</summary>
/// <param name="Name">As the person is called.</param>
/// <param name="Email">The one address it goes to.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record Reader(string Name, string Email, string Language, string TimeZone);

/// <summary>From whom, where the product is reached, and when (business time).</summary>
public sealed record LetterFrame(string Programme, Uri Address, DateTimeOffset Now)
{
    /// <summary>Where whoever has left a review writes to: the address of a coordinator, which all who worked in it could read; becomes
    /// <c>contact</c> in the letters that may name it. Null where nobody is.</summary>
    public string? Office { get; init; }
}

/// <summary>A letter in words: plain text, lines end with LF.</summary>
/// <param name="Secret">Whether its values are erased once it is delivered.</param>
public sealed record ComposedLetter(string Subject, string Body, string Language, bool Secret);
