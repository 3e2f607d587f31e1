using PeerReview.Core.Assessment;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.FollowUp;
using PeerReview.Core.Tests.Process;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Who signs a self-assessment, in which order, and which guards hold it back.</summary>
public sealed class SigningTests
{
    private static readonly string Hash = AssessmentHash.Of(Answered);

    [Fact]
    public void The_hash_follows_answers_and_files_and_not_when_they_were_written()
    {
        var later = Answered.With(Answer(First) with { Version = 2, At = Now.AddDays(1), Author = new PersonId(Alternate) });
        var changed = Answered.With(Answer(First, AnswerValue.Planned));
        var filed = Answered with { Files = [new FileMark(Person(50), First, "a.pdf", "application/pdf", 9, new string('a', 64), "AMBER", new PersonId(FocalPoint), Now)] };

        Assert.Equal(Hash, AssessmentHash.Of(later));
        Assert.NotEqual(Hash, AssessmentHash.Of(changed));
        Assert.NotEqual(Hash, AssessmentHash.Of(filed));
        Assert.Equal(AssessmentHash.Of(Answered, item => item == Second), AssessmentHash.Of(changed, item => item == Second));
    }

    [Fact]
    public void Focal_point_first_then_authority_under_the_same_hash()
    {
        var byFocalPoint = Appointed.After(Signed(RoleCode.FocalPoint, Hash));

        Assert.Equal("sign-off.hash-missing", MaySign(RoleCode.FocalPoint, Appointed, seen: null));
        Assert.Equal("sign-off.changed-since", MaySign(RoleCode.FocalPoint, Appointed, seen: new string('0', 64)));
        Assert.NotNull(MaySign(RoleCode.Authority, Appointed, Hash));
        Assert.Null(MaySign(RoleCode.FocalPoint, Appointed, Hash));
        Assert.Equal("sign-off.signed", MaySign(RoleCode.FocalPoint, byFocalPoint, Hash));
        Assert.Null(MaySign(RoleCode.Authority, byFocalPoint, Hash));
        Assert.NotNull(MaySign(RoleCode.Authority, Appointed.After(Signed(RoleCode.FocalPoint, new string('1', 64))), Hash));
    }

    [Fact]
    public void Whoever_may_sign_as_both_signs_as_focal_point_first()
    {
        var sheet = AssessmentToSign.Of(SmallFramework.Value, Appointed, Answered);

        Assert.Equal(RoleCode.FocalPoint, sheet.RoleOf(asFocalPoint: true, asAuthority: true, Appointed));
        Assert.Equal(RoleCode.Authority, sheet.RoleOf(true, true, Appointed.After(Signed(RoleCode.FocalPoint, Hash))));
        Assert.Equal(RoleCode.Authority, sheet.RoleOf(false, true, Appointed));
        Assert.Null(sheet.RoleOf(false, false, Appointed));
    }

    [Fact]
    public void A_part_is_declared_finished_when_answered_and_once()
    {
        var empty = AssessmentPart.AllOf(SmallFramework.Value, Helped, Material.Empty).Single();
        var done = AssessmentPart.AllOf(SmallFramework.Value, Helped, Answered).Single();
        var validated = AssessmentPart.AllOf(
            SmallFramework.Value, Helped.After(new ReviewEvent.PartValidated(Contributor, AssessmentHash.Of(Answered, i => i == First))), Answered).Single();

        Assert.Equal("assessment.part-incomplete", empty.MayValidate()?.Code);
        Assert.Null(done.MayValidate());
        Assert.Equal("assessment.part-validated", validated.MayValidate()?.Code);
    }

    [Fact]
    public void Guards_say_what_is_missing()
    {
        var asked = Helped.After(Wrote(WritingKind.Question, "q1"), Wrote(WritingKind.Question, "q2"));
        var signed = Appointed.After(Signed(RoleCode.FocalPoint, Hash), Signed(RoleCode.Authority, Hash));

        Assert.Equal("items-missing:2", Guard("G-SCOPEFULL", Appointed, Material.Empty));
        Assert.Equal("", Guard("G-SCOPEFULL", Appointed, Answered));
        Assert.Equal("coordinator-and-deputy", Guard("G-CASE", Launched, Material.Empty));
        Assert.Equal("focal-point", Guard("G-FP", Launched, Material.Empty));
        Assert.Equal("alternate", Guard("G-FP", Appointed.After(new ReviewEvent.PersonReleased(Alternate, RoleCode.Alternate, Authority)), Material.Empty));
        Assert.Equal("questions-open:2", Guard("G-REPLIED", asked, Material.Empty));
        Assert.Equal("parts-open", Guard("G-SIGNOFF", Helped, Answered));
        Assert.Equal("focal-point-signature", Guard("G-SIGNOFF", Appointed, Answered));
        Assert.Equal("authority-signature", Guard("G-SIGNOFF", Appointed.After(Signed(RoleCode.FocalPoint, Hash)), Answered));
        Assert.Equal("", Guard("G-SIGNOFF", signed, Answered));
        Assert.Equal("declaration-missing", Guard("G-TLP", signed, Answered));
        Assert.Equal("not-decided", Guard("G-PUBDEC", signed, Answered));
        Assert.Equal("not-built", Guard("G-ACCESS", signed, Answered));
        Assert.Equal("closing-note", Guard("G-CARRY", signed, Answered));
    }

    [Fact]
    public void A_guard_of_what_this_release_does_not_offer_holds_nothing_open() =>
        Assert.Equal("not-offered", Guard("G-DRAWN", Appointed, Answered));

    private static string? MaySign(string role, Dossier dossier, string? seen) =>
        AssessmentToSign.Of(SmallFramework.Value, dossier, Answered).MaySign(role, dossier, seen, declares: true)?.Code;

    private static string? Guard(string guard, Dossier dossier, Material material) =>
        Guards.Of([guard], SmallFramework.Value, ProcessState.Initial(Shipped.Voluntary), dossier, material)[guard] is { Holds: false, Detail: var detail } ? detail : "";
}
