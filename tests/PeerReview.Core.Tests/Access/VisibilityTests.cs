using PeerReview.Core.Access;
using Xunit;
using Rule = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Tests.Access;

public sealed class VisibilityTests
{
    private static readonly Role[][] Columns =
    [
        [Role.StateAuthority], [Role.StateFocalPoint, Role.StateAlternate], [Role.StateContributor], [Role.ReviewerExpert],
        [Role.ReviewerLead], [Role.ReviewerFocalPoint], [Role.Coordinator], [Role.HeadCoordinator], [Role.Observer],
        [Role.Stakeholder], [Role.OtherState], [Role.Public, Role.Operator, Role.Auditor],
    ];

    public static TheoryData<string> Rows() => [.. Lines(VisibilityTable.Rows)];

    public static TheoryData<string> LabelRows() => [.. Lines(VisibilityTable.Labels)];

    [Theory, MemberData(nameof(Rows))]
    public void Everybody_sees_what_the_table_says(string row)
    {
        var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kind = Enum.Parse<DocumentKind>(cells[0]);
        bool[] owns = cells[2] switch { "own" => [true], "other" => [false], _ => [true, false] };
        SharingLabel? label = kind is DocumentKind.SelfAssessment or DocumentKind.Evidence ? SharingLabel.Green : null;
        foreach (var phase in cells[1])
        {
            foreach (var own in owns)
                Holds(cells[3..], Cast.Of(kind, own), Cast.In(phase), label);
        }
    }

    [Theory, MemberData(nameof(LabelRows))]
    public void Labels_narrow_as_the_table_says(string row)
    {
        var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        SharingLabel? label = SharingLabels.TryParse(cells[1], out var l) ? l : null;

        Holds(cells[2..], Cast.Of(Enum.Parse<DocumentKind>(cells[0]), own: false), Cast.In('S'), label);
    }

    [Fact]
    public void The_table_has_every_document_in_every_phase()
    {
        var held = Lines(VisibilityTable.Rows).Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(c => c[1].Select(phase => $"{c[0]} {phase}")).ToHashSet(StringComparer.Ordinal);
        var all = Enum.GetNames<DocumentKind>().SelectMany(k => "LSDCFAPNXW".Select(phase => $"{k} {phase}"));

        Assert.DoesNotContain(all, cell => !held.Contains(cell));
    }

    [Fact]
    public void A_label_only_ever_narrows()
    {
        foreach (var kind in Enum.GetValues<DocumentKind>())
            foreach (var phase in "LSDCFAPNXW")
                foreach (var role in Enum.GetValues<Role>())
                    foreach (var own in (bool[])[true, false])
                    {
                        var wider = Rule.Visible(Cast.As(role), Cast.Of(kind, own), Cast.In(phase), SharingLabel.Clear);
                        foreach (var label in Enum.GetValues<SharingLabel>().Reverse())
                        {
                            var narrower = Rule.Visible(Cast.As(role), Cast.Of(kind, own), Cast.In(phase), label);
                            Assert.True(narrower.Extent <= wider.Extent && wider.May(narrower.Rights), $"{kind} {phase} {role} {own} {label}");
                            wider = narrower;
                        }
                    }
    }

    [Fact]
    public void A_stopped_review_is_read_as_before_and_nobody_writes()
    {
        foreach (var status in (ReviewStatus[])[ReviewStatus.Suspended, ReviewStatus.Deferred, ReviewStatus.Closed])
            foreach (var kind in Enum.GetValues<DocumentKind>())
                foreach (var role in Enum.GetValues<Role>())
                {
                    var running = Rule.Visible(Cast.As(role), kind, Cast.In('P'));
                    var stopped = Rule.Visible(Cast.As(role), kind, Cast.In('P') with { Status = status });
                    Assert.Equal(running.Extent, stopped.Extent);
                    Assert.Equal(running.Rights & Rights.Read, stopped.Rights);
                }
    }

    [Theory]
    [InlineData(SharingLabel.Red, Handling.ViewOnly)]
    [InlineData(SharingLabel.AmberStrict, Handling.ViewOnly)]
    [InlineData(SharingLabel.Amber, Handling.Watermark)]
    [InlineData(SharingLabel.Clear, Handling.Watermark)]
    public void The_team_gets_evidence_with_a_watermark_and_the_strict_only_to_look_at(SharingLabel label, Handling handling)
    {
        var file = Cast.Of(DocumentKind.Evidence, own: false) with { NamedReaders = [Cast.Me] };

        Assert.Equal(handling, Rule.Visible(Cast.As(Role.ReviewerExpert), file, Cast.In('S'), label).Handling);
        Assert.Equal(Handling.Plain, Rule.Visible(Cast.As(Role.StateFocalPoint), file, Cast.In('S'), label).Handling);
    }

    [Fact]
    public void A_red_answer_is_read_by_the_persons_it_names_and_by_its_authors()
    {
        var answer = Cast.Of(DocumentKind.SelfAssessment, own: false);
        var named = answer with { NamedReaders = [Cast.Me] };

        Assert.Equal("m", See(Role.ReviewerExpert, answer));
        Assert.Equal("RC", See(Role.ReviewerExpert, named));
        Assert.Equal("R", See(Role.Coordinator, named));
        Assert.Equal("-", See(Role.Stakeholder, named)); // a name opens no column that is closed
        Assert.Equal("R", See(Role.StateContributor, Cast.Of(DocumentKind.SelfAssessment, own: true)));

        static string See(Role role, Document d) => Cast.Cell(Rule.Visible(Cast.As(role), d, Cast.In('S'), SharingLabel.Red));
    }

    public static TheoryData<DocumentKind, string> Writers() => new()
    {
        { DocumentKind.LaunchNotice, "STATE_AUTH STATE_FP STATE_ALT" },
        { DocumentKind.StateReplies, "STATE_AUTH STATE_FP STATE_ALT" },
        { DocumentKind.StateComments, "STATE_AUTH STATE_FP STATE_ALT" },
        { DocumentKind.Commitments, "STATE_AUTH STATE_FP STATE_ALT" },
        { DocumentKind.PublicationDecision, "STATE_AUTH STATE_FP STATE_ALT" },
        { DocumentKind.ActionPlan, "STATE_AUTH STATE_FP STATE_ALT" },
        { DocumentKind.DraftReport, "REV_FP REV_EXPERT REV_LEAD" },
        { DocumentKind.DialogueRecord, "REV_FP REV_EXPERT REV_LEAD COORD" },
        { DocumentKind.ReviewerComments, "" },
        { DocumentKind.StakeholderInput, "" },
        { DocumentKind.Clarifications, "" },
    };

    [Theory, MemberData(nameof(Writers))]
    public void A_draft_is_seen_only_by_the_side_that_writes_it(DocumentKind kind, string writers)
    {
        var draft = Cast.Of(kind, own: false) with { Draft = true };

        var see = Enum.GetValues<Role>().Where(r => Rule.Visible(Cast.As(r), draft, Cast.In('P')).Extent > Extent.Nothing);

        Assert.Equal(writers, string.Join(' ', see.Select(r => r.Code())));
    }

    [Fact]
    public void Stakeholder_input_reaches_team_and_public_only_after_the_State_could_reply()
    {
        var sent = Cast.Of(DocumentKind.StakeholderInput, own: false) with { SenderChosePublic = true, Admitted = true };
        var over = sent with { ReplyWindowOver = true };

        Assert.Equal(("-", "-"), (See(Role.ReviewerExpert, sent), See(Role.Public, sent)));
        Assert.Equal(("R", "R"), (See(Role.ReviewerExpert, over), See(Role.Public, over)));
        Assert.Equal("-", See(Role.Public, over with { SenderChosePublic = false }));
        var kept = over with { SenderChosePublic = false, Recused = [Cast.As(Role.ReviewerExpert).Person!.Value] };
        Assert.Equal(("-", "RD"), (See(Role.ReviewerExpert, kept), See(Role.Coordinator, kept)));
        Assert.Equal(("-", "R"), (See(Role.StateContributor, sent), See(Role.StateContributor, sent with { Forwarded = true })));
    }

    [Fact]
    public void Stakeholder_input_that_is_not_admitted_stays_between_sender_and_office()
    {
        var sent = Cast.Of(DocumentKind.StakeholderInput, own: false) with { SenderChosePublic = true, ReplyWindowOver = true, Forwarded = true };

        Assert.Equal(("-", "RC"), (See(Role.StateFocalPoint, sent), See(Role.StateFocalPoint, sent with { Admitted = true })));
        Assert.All(new[] { Role.StateAuthority, Role.StateContributor, Role.ReviewerExpert, Role.Stakeholder, Role.Public }, role => Assert.Equal("-", See(role, sent)));
        Assert.Equal(("RD", "R"), (See(Role.Coordinator, sent), See(Role.HeadCoordinator, sent)));
        var own = Cast.Of(DocumentKind.StakeholderInput, own: true);
        Assert.Equal("RW", Cast.Cell(Rule.Visible(Cast.As(Role.Stakeholder), own, Cast.Launched, SharingLabel.Amber)));
    }

    [Fact]
    public void A_protected_sender_is_known_to_one_officer()
    {
        var sender = Cast.Of(DocumentKind.ProtectedSender, own: false);

        Assert.Equal("-", See(Role.HeadCoordinator, sender));
        Assert.Equal("R", See(Role.HeadCoordinator, sender with { NamedReaders = [Cast.Me] }));
        Assert.Equal("-", See(Role.Coordinator, sender with { NamedReaders = [Cast.Me] }));
    }

    [Fact]
    public void Small_consents_open_exactly_what_they_name()
    {
        var names = Cast.Of(DocumentKind.ExpertNames, own: false) with { NameAgreed = true };
        var answer = Cast.Of(DocumentKind.SelfAssessment, own: false) with { HelpInvited = true };
        var invited = Cast.Launched with { ObserversInvited = true };

        Assert.Equal("R", See(Role.Public, names));
        Assert.Equal(("R", "-"), (See(Role.Coordinator, answer), See(Role.HeadCoordinator, answer)));
        Assert.Equal("R", Cast.Cell(Rule.Visible(Cast.As(Role.Observer), DocumentKind.DialogueRecord, invited)));
    }

    [Theory]
    [InlineData(PublicationChoice.None, "-", "-")]
    [InlineData(PublicationChoice.Summary, "-", "p")]
    [InlineData(PublicationChoice.Redacted, "p", "p")]
    [InlineData(PublicationChoice.Full, "p", "p")]
    public void What_the_State_chose_for_the_report_is_what_the_public_gets(PublicationChoice choice, string report, string summary)
    {
        var chosen = Cast.In('A') with { Published = true, Choices = Cast.All(PublicationChoice.None).SetItem(DocumentKind.AgreedReport, choice) };

        Assert.Equal(report, Cast.Cell(Rule.Visible(Actor.Visitor, DocumentKind.AgreedReport, chosen)));
        Assert.Equal(summary, Cast.Cell(Rule.Visible(Actor.Visitor, DocumentKind.ExecutiveSummary, chosen)));
        Assert.Equal("-", Cast.Cell(Rule.Visible(Actor.Visitor, DocumentKind.AgreedReport, chosen with { Published = false })));
    }

    private static string See(Role role, Document document) => Cast.Cell(Rule.Visible(Cast.As(role), document, Cast.Launched));

    private static void Holds(string[] cells, Document document, ReviewFacts review, SharingLabel? label)
    {
        Assert.Equal(Columns.Length, cells.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            foreach (var role in Columns[i])
            {
                var seen = Cast.Cell(Rule.Visible(Cast.As(role), document, review, label));
                Assert.True(Together(cells[i], cells[^1]) == seen, $"{role.Code()} sees {seen}, not {cells[i]}: {document.Kind} {review} {label}");
            }
        }
    }

    /// <summary>A person's own cell and the public's.</summary>
    private static string Together(string own, string everybody)
    {
        const string Order = "-mpR";
        return Order.IndexOf(own[0], StringComparison.Ordinal) >= Order.IndexOf(everybody[0], StringComparison.Ordinal) ? own : everybody;
    }

    private static IEnumerable<string> Lines(string table) => table.Split('\n').Skip(1).Where(l => l.Trim().Length > 0);
}
