using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Stacks.Embedded;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Letters;

public sealed class LetterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Reader Ana = new("Ana Example", "ana@example.org", "en", "Europe/Lisbon");
    private static readonly LetterStage SelfAssess = new("voluntary-review", 1, "self_assess");

    private static readonly string[] Languages = ["ar", "en", "es", "fr", "ru", "zh"];

    // Chinese characters take two columns each.
    private static int Columns(string line) => line.Sum(c => c >= '\u2E80' ? 2 : 1);

    private static string Folder => Path.Combine(ProgramFiles.Workflows, "letters");

    [Fact]
    public void Every_letter_is_there_and_right()
    {
        var (catalog, problems) = LetterCatalog.Read(Folder);

        Assert.Empty(problems);
        foreach (var language in Languages)
            Assert.Equal(LetterRegistry.All.Keys.Order(StringComparer.Ordinal), catalog!.All.Where(l => l.Language == language).Select(l => l.Kind.Name));
    }

    [Fact]
    public void Every_letter_names_in_every_language_what_it_names_in_English()
    {
        var catalog = LetterCatalog.Shipped;
        foreach (var letter in catalog.All)
        {
            var english = catalog[letter.Kind.Name, "en"];
            Assert.Equal((letter.Kind.Name, letter.Language, Named(english.Subject), Named(english.Body)), (letter.Kind.Name, letter.Language, Named(letter.Subject), Named(letter.Body)));
            Assert.True(letter.Language == "en" || letter.Subject != english.Subject, $"{letter.Kind.Name} {letter.Language}");
        }

        static string Named(string text) =>
            string.Join(' ', LetterText.Read(text).Variables.Select(v => v.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_letter_names_one_address_and_says_what_to_do()
    {
        foreach (var letter in LetterCatalog.Shipped.All)
        {
            Assert.Equal(1, letter.Body.Split("{{ address }}").Length - 1);
            if (letter.Language == "en")
                Assert.Contains("What to do:", letter.Body, StringComparison.Ordinal);
            Assert.All(letter.Body.Split('\n'), line => Assert.True(Columns(line) <= 78, $"{letter.Kind.Name} {letter.Language}: {line}"));
        }
    }

    [Fact]
    public void A_letter_with_a_deadline_says_by_when_and_how_long_that_is()
    {
        foreach (var letter in LetterCatalog.Shipped.All.Where(l => l.Kind.Own.Contains("due")))
        {
            Assert.Contains("{{ due }}", letter.Body, StringComparison.Ordinal);
            Assert.Contains("{{ left }}", letter.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("your_turn.en.md", "Dear {{ nmae }}", "your_turn.en.md:4: no value is called 'nmae'; use one of address, due, left, name,")]
    [InlineData("your_turn.en.md", "{{#if name}}x{{/if}}", "your_turn.en.md:4: '{{#if name}}' is no variable")]
    [InlineData("your_turn.en.md", "\n{{{ name }}}", "your_turn.en.md:5: '{{{ name }}' is no variable")]
    [InlineData("your_turn.en.md", "{{ name.Length }}", "is no variable")]
    [InlineData("your_turn.en.md", "{{ name", "is not closed on its line")]
    [InlineData("your_turn.en.md", "name }}", "closes nothing")]
    [InlineData("your_turn.en.md", "{{ address }} {{ address }}", "a letter names one address, once")]
    [InlineData("your_turn.en.md", "", "your_turn.en.md:4: the letter is empty")]
    [InlineData("your_trun.en.md", "x", "no letter is called 'your_trun'")]
    [InlineData("your_turn.de.md", "x", "'de' is not a language of the product")]
    [InlineData("your_turn.md", "x", "is named <letter>.<language>.md")]
    public void A_wrong_letter_is_told_with_its_line(string file, string body, string problem)
    {
        var (_, problems) = LetterFile.Read(file, $"---\nsubject: X\n---\n{body}\n");

        Assert.Contains(problems, found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_letter_without_its_head_is_told()
    {
        var (_, problems) = LetterFile.Read("sign_in.en.md", "Dear you");

        Assert.Equal(["sign_in.en.md:1: begin with three lines: '---', 'subject: ' with the subject, and '---'."], problems);
    }

    [Fact]
    public void A_turn_says_what_until_when_and_where()
    {
        var letter = new Letter("your_turn_self_assess_fp", new PersonId(Guid.Empty), "/reviews/7")
        {
            State = "PRT",
            Review = Desk,
            Stage = SelfAssess,
            Deadline = new LetterDeadline(new DateOnly(2026, 3, 31), "Europe/Lisbon"),
        };

        var composed = Composer().Compose(letter, Ana, Frame());

        Assert.Equal("Portugal – Desk review 2026: the self-assessment is open", composed.Subject);
        Assert.StartsWith("Dear Ana Example,\n\nThe self-assessment of Portugal is open", composed.Body, StringComparison.Ordinal);
        Assert.Contains("By: 31 March 2026 (UTC+1, national time of Portugal), 30 days left\n", composed.Body, StringComparison.Ordinal);
        Assert.Contains("Where: https://reviews.example/reviews/7\n", composed.Body, StringComparison.Ordinal);
        Assert.EndsWith("With kind regards,\nUN Programme\n", composed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_letter_renders_from_the_values_its_kind_has()
    {
        foreach (var kind in LetterRegistry.All.Values)
        {
            var composed = Composer().Compose(Filled(kind), Ana, Frame());
            Assert.DoesNotContain("{{", composed.Body, StringComparison.Ordinal);
            Assert.Equal(kind.Name is LetterNames.SignIn or LetterNames.ExpertInvited or LetterNames.ReserveInvited or LetterNames.ExpertAccepted or LetterNames.ExpertAcceptedOwn or LetterNames.StakeholderInvited or LetterNames.StakeholderAccepted, composed.Secret);
        }
    }

    [Fact]
    public void A_letter_that_lacks_a_value_is_not_sent()
    {
        var lacking = new Letter(LetterNames.Turn, new PersonId(Guid.Empty), "/") { State = "PRT" };

        var refused = Assert.Throws<LetterException>(() => Composer().Compose(lacking, Ana, Frame()));

        Assert.Contains("no value is called 'stage'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_are_tried_with_values_of_the_shape_they_will_have()
    {
        foreach (var kind in LetterRegistry.All.Values)
        {
            var real = Composer().Values(Filled(kind), Ana, Frame());
            foreach (var (name, sample) in kind.Sample)
                Assert.Equal((name, Shape(sample)), (name, Shape(real[name])));
        }
    }

    [Theory]
    [InlineData("REV_EXPERT", "KEN", "Expert of a reviewing State (Kenya)")]
    [InlineData("COORD", "KEN", "Coordinator")] // who has to find a State somebody to speak for it is no office of that State
    [InlineData("STATE_FP STATE_AUTH", null, "Focal point of the State, State authority")]
    public void Who_is_late_is_told_by_office_and_State(string roles, string? state, string expected)
    {
        var letter = Filled(LetterRegistry.All[LetterNames.Escalation(1)]) with { Late = new LetterLate([.. roles.Split(' ')], state) };

        var late = Composer().Compose(LetterJson.Read(LetterJson.Write(letter)), Ana, Frame()).Body
            .Split('\n').Single(line => line.StartsWith("It waits for: ", StringComparison.Ordinal));

        Assert.Equal($"It waits for: {expected}", late);
        // Letters about several sides that are late with one stage are told apart by their subject.
        var subject = Composer().Compose(letter, Ana, Frame()).Subject;
        Assert.Equal(expected.EndsWith("(Kenya)", StringComparison.Ordinal), subject.EndsWith("(Kenya)", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_late_sides_are_named_in_one_letter_and_in_its_subject_where_all_are_of_States()
    {
        var letter = Filled(LetterRegistry.All[LetterNames.Escalation(2)]);
        var speaker = new LetterLate(["REV_FP"], "KEN");
        var (states, mixed) = (
            speaker with { Beside = [new LetterLate(["REV_FP"], "FJI")] },
            new LetterLate(["COORD_HEAD", "STATE_AUTH"], null) { Beside = [speaker] });

        Assert.EndsWith("(Kenya, Fiji)", Sent(states).Subject, StringComparison.Ordinal);
        Assert.Contains("It waits for: Focal point of a reviewing State (Kenya), Focal point of a reviewing State (Fiji)", Plain(Sent(states)), StringComparison.Ordinal);
        Assert.EndsWith("needs a conversation", Sent(mixed).Subject, StringComparison.Ordinal);
        Assert.Contains("It waits for: Head of the coordinators, State authority, Focal point of a reviewing State (Kenya)", Plain(Sent(mixed)), StringComparison.Ordinal);

        ComposedLetter Sent(LetterLate late) => Composer().Compose(LetterJson.Read(LetterJson.Write(letter with { Late = late })), Ana, Frame());

        static string Plain(ComposedLetter sent) => sent.Body.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_says_what_is_asked_and_by_when_as_far_as_days_are_set()
    {
        var letter = Filled(LetterRegistry.All[LetterNames.ExpertInvited]);
        Assert.Equal(
            [
                "- Please answer by: 2 April 2026 (UTC)",
                "- What is asked: Read 19 answers of the State and their evidence, and comment on each or say that you have no comment. Later, help to draft the report.",
                "- When: You comment between about 1 May 2026 and 30 June 2026.",
                "- Working language: Français",
            ],
            FactsOf(letter));
        Assert.Equal(
            ["What is asked", "Working language"],
            FactsOf(letter with { Invitation = new LetterInvitation(19, "fr") }).Select(line => line[2..line.IndexOf(':', StringComparison.Ordinal)]));

        static IEnumerable<string> FactsOf(Letter letter) => Composer().Compose(LetterJson.Read(LetterJson.Write(letter)), Ana, Frame()).Body
            .Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal));
    }

    [Fact]
    public void Items_are_named_with_their_questions()
    {
        var letter = Filled(LetterRegistry.All[LetterNames.AppointedContributor]);

        var lines = Composer().Compose(LetterJson.Read(LetterJson.Write(letter)), Ana, Frame()).Body.Split('\n');

        Assert.Equal(["- N-a.a1 Who leads?", "- N-a.a2"], lines.Where(line => line.StartsWith('-')));
    }

    [Fact]
    public void A_digest_is_a_list_of_rows_with_days_and_numbers()
    {
        var list = Composer().Values(Filled(LetterRegistry.All[LetterNames.Digest]), Ana, Frame())["list"];

        Assert.Equal("- self assess, Portugal – Desk review 2026: due 2 March 2026 (UTC), 1 day left", list.Shown);
        var row = Assert.Single(list.Rows);
        Assert.Equal("Portugal", row["state"].Shown);
        Assert.Equal("self assess", row["stage"].Shown);
        Assert.Equal(new DateOnly(2026, 3, 2), row["due"].Day);
        Assert.Equal(("1 day left", 1), (row["left"].Shown, row["left"].Number));
    }

    [Fact]
    public void A_stored_letter_reads_back_as_it_was_and_is_canonical()
    {
        foreach (var letter in LetterRegistry.All.Values.Select(Filled))
        {
            var text = LetterJson.Write(letter);
            Assert.Equal(text, LetterJson.Write(LetterJson.Read(text)));
            Assert.Equal(text, System.Text.Encoding.UTF8.GetString(Core.Ledger.CanonicalJson.Of(System.Text.Encoding.UTF8.GetBytes(text))));
        }

        Assert.Throws<FormatException>(() => LetterJson.Read("""{"letter":1}"""));
        Assert.Throws<FormatException>(() => LetterJson.Read("[]"));
    }

    private static string Shape(LetterValue value) =>
        $"day {value.Day is not null}, number {value.Number is not null}, rows of {string.Join(", ", value.Rows.Take(1).SelectMany(row => row).OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key} ({Shape(cell.Value)})"))}";

    private static LetterInvitation Invited => new(19, "fr")
    {
        AnswerBy = new LetterDeadline(new DateOnly(2026, 4, 2), "UTC"),
        Work = (new DateOnly(2026, 5, 1), new DateOnly(2026, 6, 30)),
    };

    // Launched when it was 2026 already in Portugal.
    private static readonly LetterReview Desk = new("voluntary-review", 1, "desk", "national", new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.Zero));

    internal static LetterComposer Composer() => new(
        LetterCatalog.Shipped, new HandlebarsLetters(), TestTexts.Catalogue, TestTexts.States, new Titles());

    private static LetterFrame Frame() => new("UN Programme", new Uri("https://reviews.example/"), Now);

    private static Letter Filled(LetterKind kind)
    {
        var letter = new Letter(kind.Name, new PersonId(new Guid("11111111-1111-4111-8111-111111111111")), "/reviews/7?a=b")
        {
            Reviewer = "KEN",
            State = "PRT",
            Review = kind.Own.Contains("scale") ? Desk with { Kind = "regional" } : Desk,
            Side = kind.Own.Contains("side") ? new LetterSide("voluntary-review", 1, "subject") : null,
            Stage = SelfAssess,
            Deadline = new LetterDeadline(new DateOnly(2026, 3, 31), "Europe/Lisbon"),
            Late = kind.Own.Contains("late") ? new LetterLate(["REV_EXPERT"], "KEN") : null,
            Items = kind.Own.Contains("items") ? new LetterItems("framework", 1, ["N-a.a1", "N-a.a2"]) : null,
            Invitation = kind.Own.Contains("facts") ? Invited : null,
            Lines = kind.Own.Contains("list") ? [new DigestLine("PRT", SelfAssess, new LetterDeadline(new DateOnly(2026, 3, 2), "UTC")) { Review = Desk }] : [],
        };
        return letter with
        {
            Values = letter.Values.Add("note", "NV/12 – é").Add("done", "1").Add("all", "2").Add("comments", "F-01, F-02"),
            Days = letter.Days.Add("until", new DateOnly(2026, 3, 31)).Add("before", new DateOnly(2026, 3, 30)).Add("dated", new DateOnly(2026, 1, 2)).Add("day", new DateOnly(2026, 3, 1)).Add("forecast", new DateOnly(2026, 9, 1)),
            Lasts = TimeSpan.FromMinutes(30),
        };
    }

    internal sealed class Titles : IStageTitles
    {
        public string Of(LetterStage stage, string language) => stage.Stage.Replace('_', ' ');

        public string SideOf(LetterSide side, string language) => side.Party;

        public string? ConsentOf(LetterStage stage, string language) => stage.Stage == "endorse" ? "Silence consents." : null;

        public string NamedFor(LetterStage stage, Texts words) => "";

        public string KindOf(LetterReview review, Texts words) => words["variant." + review.Variant];

        public ValueTask KnowAsync(Letter letter, CancellationToken cancel) => ValueTask.CompletedTask;

        public string? QuestionOf(string framework, int version, string item, string language) => item == "N-a.a1" ? "Who leads?" : null;
    }
}
