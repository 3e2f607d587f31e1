using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Ledger;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class SignOffTests
{
    private static readonly ImmutableArray<Answer> Answers =
        [new("N-a.a1", AnswerValue.InPlace) { Rule = "Law 3.", Sectors = ["water", "health"] }, new("N-b.b1", AnswerValue.Planned)];

    private static readonly ImmutableArray<SignedFile> Files =
    [
        new(new EvidenceFile(Guid.Parse("00000000-0000-0000-0000-000000000001"), "N-a.a1", SharingLabel.Amber), new string('a', 64)),
        new(new EvidenceFile(Guid.Parse("00000000-0000-0000-0000-000000000002"), "N-a.a1", SharingLabel.Amber), new string('b', 64)),
    ];

    private static readonly Digest Version = SignOff.ContentHash(Answers, Files, []);

    [Fact]
    public void A_version_does_not_depend_on_the_order_things_come_in()
    {
        Assert.Equal(Version, SignOff.ContentHash(Answers.Reverse(), Files.Reverse(), []));
    }

    public static TheoryData<string> Changes() => ["value", "text", "moved-text", "label", "date", "sector", "language", "item", "file", "file-label"];

    [Theory, MemberData(nameof(Changes))]
    public void Any_change_is_another_version(string change)
    {
        var first = Answers[0];
        var changed = change switch
        {
            "value" => first with { Value = AnswerValue.PartlyInPlace },
            "text" => first with { Rule = "Law 3" },
            "moved-text" => first with { Rule = "", Practice = first.Rule },
            "label" => first with { Label = SharingLabel.Green },
            "date" => first with { LastTested = new(2026, 1, 1) },
            "sector" => first with { Sectors = ["health"] },
            "language" => first with { Language = "fr" },
            "item" => first with { Item = "N-a.a2" },
            _ => first,
        };
        var files = change switch
        {
            "file" => Files.RemoveAt(1),
            "file-label" => Files.SetItem(0, Files[0] with { File = Files[0].File with { Label = SharingLabel.Clear } }),
            _ => Files,
        };

        Assert.NotEqual(Version, SignOff.ContentHash(Answers.SetItem(0, changed), files, []));
    }

    [Fact]
    public void The_focal_point_signs_what_is_complete_validated_and_declared()
    {
        var complete = new Completeness([]);
        var part = new ContributorPart(default, ["N-a.a1"], Version, Version);

        Assert.Null(SignOff.FocalPointMaySign(complete, [part], declaresUnclassified: true));
        Assert.Equal("sign-off.declaration-missing", SignOff.FocalPointMaySign(complete, [part], false)?.Code);
        Assert.Equal("sign-off.part-not-validated", SignOff.FocalPointMaySign(complete, [part with { Validated = null }], true)?.Code);
        Assert.Equal("sign-off.part-not-validated", SignOff.FocalPointMaySign(complete, [part with { Validated = Digest.Zero }], true)?.Code);
        Assert.Equal("sign-off.incomplete",
            SignOff.FocalPointMaySign(new([new MissingItem("N-b.b1", Lack.NotAnswered)]), [part], true)?.Code);
    }

    [Fact]
    public void The_authority_signs_the_version_the_focal_point_signed()
    {
        Assert.Null(SignOff.AuthorityMaySign(Version, Version));
        Assert.Equal("sign-off.focal-point-first", SignOff.AuthorityMaySign(Version, null)?.Code);
        Assert.Equal("sign-off.changed-since", SignOff.AuthorityMaySign(Version, Digest.Zero)?.Code);
    }

    [Fact]
    public void The_chain_holds_only_over_one_version()
    {
        var part = new ContributorPart(default, ["N-a.a1"], Version, Version);

        Assert.True(SignOff.Holds(Version, [part], Version, Version));
        Assert.False(SignOff.Holds(Version, [part with { Validated = null }], Version, Version));
        Assert.False(SignOff.Holds(Version, [part], Digest.Zero, Version));
        Assert.False(SignOff.Holds(Version, [part], Version, null));
    }
}
