using System.Collections.Immutable;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Frameworks;
using PeerReview.Core.Tests.Process;
using Xunit;

namespace PeerReview.Core.Tests.Reviews;

public sealed class LaunchRulesTests
{
    private static readonly LaunchNotice Notice = new(
        "voluntary-review", "national", "light", ["N-a.a2"], "en", ["en"],
        PublishedDocuments.All.ToImmutableSortedDictionary(d => d, _ => "none", StringComparer.Ordinal), Register: false, "");

    [Fact]
    public void A_whole_notice_gives_the_scope_fixed_items_and_all()
    {
        var items = Check(Notice).Match(items => items, refused => throw new InvalidOperationException(refused.Code));

        Assert.Equal(20, items.Length);
        Assert.Contains("N-a.a2", items);
    }

    public static TheoryData<string, LaunchNotice, string, string> Wrong => new()
    {
        { "process", Notice with { Process = "other" }, "launch.unknown-process", "process" },
        { "full", Notice with { Variant = "full" }, "launch.variant-not-offered", "variant" },
        { "variant", Notice with { Variant = "LIGHT" }, "launch.unknown-variant", "variant" },
        { "subject", Notice with { SubjectKind = "planet" }, "launch.unknown-subject-kind", "subject_kind" },
        { "language", Notice with { WorkingLanguage = "de", PublicationLanguages = ["de"] }, "launch.unknown-language", "working_language" },
        { "two languages", Notice with { PublicationLanguages = ["en", "fr"] }, "launch.publication-language-not-offered", "publication_languages" },
        { "document", Notice with { Promise = Notice.Promise.Add("diary", "full") }, "launch.unknown-document", "promise" },
        { "choice", Notice with { Promise = Notice.Promise.SetItem("summary", "most") }, "launch.unknown-choice", "promise.summary" },
        { "missing", Notice with { Promise = Notice.Promise.Remove("summary") }, "launch.promise-missing", "promise.summary" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_with_a_notice_is_named(string what, LaunchNotice notice, string code, string field)
    {
        var refused = Assert.IsType<Verdict<ImmutableArray<string>>.Refused>(Check(notice)).Reason;

        Assert.True(refused.All.Any(r => r.Code == code && r.Field == field), $"{what}: {string.Join(", ", refused.All.Select(r => r.Code))}");
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var refused = Assert.IsType<Verdict<ImmutableArray<string>>.Refused>(Check(Notice with { Process = "other", Variant = "full", WorkingLanguage = "xx" }));

        Assert.Equal(4, refused.Reason.All.Count()); // the publication language is then another than the working language
    }

    [Fact]
    public void The_same_items_again_within_two_years_want_a_reason()
    {
        var refused = Assert.IsType<Verdict<ImmutableArray<string>>.Refused>(Check(Notice, recent: ["N-a.a2"]));

        Assert.Equal(("launch.cooldown", "cooldown_reason"), (refused.Reason.Code, refused.Reason.Field));
        Assert.IsType<Verdict<ImmutableArray<string>>.Accepted>(Check(Notice with { CooldownReason = "A new law." }, recent: ["N-a.a2"]));
        Assert.IsType<Verdict<ImmutableArray<string>>.Accepted>(Check(Notice, recent: ["P-DLG.d1"]));
    }

    private static Verdict<ImmutableArray<string>> Check(LaunchNotice notice, params string[] recent) =>
        LaunchRules.Check(notice, Shipped.Voluntary, FrameworkFile.Framework, recent, new VariantsOffered(["light", "desk"]));
}
