using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>Who agreed and who did not, told apart.</summary>
public sealed class AgreementStandingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Somebody = new(new Guid("11111111-1111-4111-8111-111111111111"));

    [Fact]
    public void Silent_is_only_who_said_nothing_at_all()
    {
        var dossier = Seated("GHA", "EST", "KEN", "FJI")
            .Evolve(new ReviewEvent.TextWritten(WritingKind.Dissent, "KEN", 1, "hash", "AMBER", Somebody.Value), Start)
            .Evolve(new ReviewEvent.Signed(SignedAct.Agreement("STATE"), RoleCode.Authority, "text", "s", Somebody.Value), Start)
            .Evolve(new ReviewEvent.AgreementReached("text", ["KEN"]), Start);
        var material = Material.Empty.With(Reason("Fail:12", "EST", 1)).With(Signature("GHA", 2));

        var standing = AgreementStanding.Of(dossier, material)!;

        Assert.Equal(["STATE"], standing.Confirmed);
        Assert.Equal(["KEN"], standing.Dissented);
        Assert.Equal(["EST"], standing.Disagreed);
        Assert.Equal(["GHA"], standing.Earlier);
        Assert.Equal(["FJI"], standing.Silent);
        Assert.False(standing.IsOfAll);
        // Who confirmed a text after having said no stands by the later word.
        Assert.Equal(["GHA", "EST"], AgreementStanding.Of(dossier, material.With(Signature("EST", 3)))!.Earlier);
        Assert.Null(AgreementStanding.Of(Seated("GHA"), material));
    }

    [Fact]
    public void A_withdrawn_recommendation_is_a_number_missing_before_the_last()
    {
        Assert.Equal(["R-02", "R-04"], RecommendationNumbers.Withdrawn(["R-05", "R-01", "R-03"]));
        Assert.Empty(RecommendationNumbers.Withdrawn([]));
    }

    private static Dossier Seated(params string[] states) =>
        Dossier.Empty.Evolve(new ReviewEvent.ReviewersNamed([.. states.Select(state => new SeatedState(state, "A"))], [], Somebody.Value), Start);

    private static Writing Reason(string key, string state, int day) =>
        new(WritingKind.Reason, key, 1, Contents.Write(new NoteContent("[why]", [state])).GetRawText(), "AMBER", "en", Somebody, Start.AddDays(day));

    private static Writing Signature(string state, int day) => new(
        WritingKind.Signature, $"{SignedAct.Agreement(state)}:{RoleCode.ReviewerFocalPoint}", 1, "{}", "AMBER", "en", Somebody, Start.AddDays(day));
}
