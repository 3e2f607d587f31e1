using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Tests.Frameworks;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class AnswerRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly ImmutableArray<string> Scope = ["N-a.a1", "N-g.g1"];
    private static readonly Answer Good = new("N-a.a1", AnswerValue.InPlace) { Rule = "Decree 12 of 2024.", LastTested = Today };

    [Fact]
    public void A_half_written_answer_may_be_saved()
    {
        Assert.Empty(Check(new Answer("N-a.a1", null)));
        Assert.Empty(Check(new Answer("N-a.a1", AnswerValue.NotApplicable)));
        Assert.Empty(Check(Good));
        Assert.Empty(Check(new Answer("N-g.g1", AnswerValue.Planned) { Sectors = ["health", "water"] }));
    }

    public static TheoryData<string, string, string?> Refused() => new()
    {
        { "other-item", "answer.unknown-item", "item" },
        { "out-of-scope", "answer.unknown-item", "item" },
        { "language", "answer.unknown-language", "language" },
        { "sector-elsewhere", "answer.no-sectors-here", "sectors" },
        { "unknown-sector", "answer.unknown-sector", "sectors" },
        { "reason", "answer.reason-without-cause", "reason" },
        { "tomorrow", "answer.tested-in-future", "last_tested" },
        { "nul", "answer.unreadable-text", "practice" },
        { "half-pair", "answer.unreadable-text", "practice" },
        { "bidi-override", "answer.unreadable-text", "practice" },
        { "201-words", "answer.too-long", "evidence" },
        { "ten-megabytes", "answer.too-many-characters", "evidence" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_mistake_names_its_field(string mistake, string code, string? field)
    {
        var answer = mistake switch
        {
            "other-item" => Good with { Item = "N-z.z1" },
            "out-of-scope" => Good with { Item = "N-a.a2" },
            "language" => Good with { Language = "tlh" },
            "sector-elsewhere" => Good with { Sectors = ["health"] },
            "unknown-sector" => Good with { Item = "N-g.g1", Sectors = ["health", "gold"] },
            "reason" => Good with { Reason = "why" },
            "tomorrow" => Good with { LastTested = Today.AddDays(1) },
            "nul" => Good with { Practice = "a\0b" },
            "half-pair" => Good with { Practice = "a\ud800b" },
            "bidi-override" => Good with { Practice = "a\u202eb" },
            "201-words" => Good with { Rule = "", Evidence = string.Join(' ', Enumerable.Repeat("word", 201)) },
            _ => Good with { Evidence = new string('x', 10_000_000) },
        };

        var refusal = Assert.Single(Check(answer));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Two_hundred_words_fit_and_the_refusal_says_how_many_there_are()
    {
        Assert.Empty(Check(Words(200)));
        var refusal = Assert.Single(Check(Words(230)));

        Assert.Equal((230, 200), ((int)refusal.Args["words"], (int)refusal.Args["max"]));

        static Answer Words(int n) => Good with { Rule = "", Practice = string.Join('\n', Enumerable.Repeat("слово", n)) };
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var answer = Good with { Language = "xx", Sectors = ["health"], LastTested = Today.AddDays(1) };

        Assert.Equal(3, Check(answer).Length);
    }

    private static ImmutableArray<Refusal> Check(Answer answer) =>
        AnswerRules.Check(FrameworkFile.Framework, Scope, "light", answer, Today);
}
