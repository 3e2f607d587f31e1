namespace PeerReview.Core.Tests.Access;

/// <summary>The visibility table, written out by hand, a row per document, phases and ownership.</summary>
/// <remarks>
/// Columns: document; phases (see <see cref="Cast.In"/>); own, other or any; then what each role's own column says:
/// AUTH, FP (and ALT), CONTRIB, EXPERT, LEAD, REV_FP, COORD, HEAD, OBSERVER, STAKEHOLDER, OTHER_STATE, PUBLIC.
/// - nothing, m metadata, p the published edition, R read, W write, C comment, D decide. Answers and files are GREEN here.
/// What anybody sees is their cell and the public's together.
/// </remarks>
internal static class VisibilityTable
{
    public const string Rows = """
        document            phases  whose  AUTH FP  CON EXP LED RFP COO HEA OBS STK OTH PUB
        LaunchNotice        LSDCAPN any    RWD  RW  R   R   R   R   R   R   R   m   m   m
        LaunchNotice        X       any    RWD  RW  R   R   R   R   R   R   R   m   m   -
        LaunchNotice        W       any    R    R   R   -   -   -   R   R   -   -   -   -
        DrawRecord          LSDCAPN any    R    R   -   R   R   R   RW  RD  R   -   R   R
        DrawRecord          X       any    R    R   -   R   R   R   RW  RD  R   -   R   -
        DrawRecord          W       any    R    R   -   -   -   -   R   R   -   -   -   -
        ExpertNames         LSDCAPNX any   R    R   -   R   R   R   R   R   R   -   -   -
        ExpertNames         W       any    R    R   -   -   -   -   -   -   -   -   -   -
        Invitations         LSDCAPNX other -    -   -   -   -   -   R   R   -   -   -   -
        Invitations         LSDCAPNX own   -    -   -   RW  RW  RW  R   R   -   -   -   -
        Invitations         W       any    -    -   -   -   -   -   -   -   -   -   -   -
        Declarations        LSDCAPNX other RC   RC  -   -   -   -   R   RD  -   -   -   -
        Declarations        LSDCAPNX own   RC   RC  -   RW  RW  RW  R   RD  -   -   -   -
        Declarations        W       other  R    R   -   -   -   -   -   -   -   -   -   -
        Declarations        W       own    R    R   -   R   R   R   -   -   -   -   -   -
        SelfAssessment      LX      other  RWD  RW  -   -   -   -   -   -   -   -   -   -
        SelfAssessment      LX      own    RWD  RW  RW  -   -   -   -   -   -   -   -   -
        SelfAssessment      SDCAPN  other  R    R   -   RC  RC  RC  R   R   R   -   -   -
        SelfAssessment      SDCAPN  own    R    R   R   RC  RC  RC  R   R   R   -   -   -
        SelfAssessment      W       other  R    R   -   -   -   -   -   -   -   -   -   -
        SelfAssessment      W       own    R    R   R   -   -   -   -   -   -   -   -   -
        Evidence            LX      other  RW   RW  -   -   -   -   -   -   -   -   -   -
        Evidence            LX      own    RW   RW  RW  -   -   -   -   -   -   -   -   -
        Evidence            SDCAPN  other  RW   RW  -   R   R   R   R   -   -   -   -   -
        Evidence            SDCAPN  own    RW   RW  RW  R   R   R   R   -   -   -   -   -
        Evidence            W       own    R    R   R   -   -   -   -   -   -   -   -   -
        WorkingNotes        LSX     other  -    -   -   -   -   -   -   -   -   -   -   -
        WorkingNotes        DCAPN   other  -    -   -   R   R   R   -   -   -   -   -   -
        WorkingNotes        LSDCAPNX own   -    -   -   RW  RW  RW  -   -   -   -   -   -
        WorkingNotes        W       other  -    -   -   -   -   -   -   -   -   -   -   -
        WorkingNotes        W       own    -    -   -   R   R   R   -   -   -   -   -   -
        ReviewerComments    LSX     other  -    -   -   -   -   -   R   R   -   -   -   -
        ReviewerComments    LSX     own    -    -   -   RW  RW  RW  R   R   -   -   -   -
        ReviewerComments    D       other  -    -   -   R   RW  R   R   R   -   -   -   -
        ReviewerComments    D       own    -    -   -   RW  RW  RW  R   R   -   -   -   -
        ReviewerComments    CAPN    other  R    R   -   R   RW  R   R   R   -   -   -   -
        ReviewerComments    CAPN    own    R    R   R   RW  RW  RW  R   R   -   -   -   -
        ReviewerComments    W       any    -    -   -   -   -   -   -   -   -   -   -   -
        StateReplies        LSDCAPNX other RWD  RW  -   R   R   R   R   R   -   -   -   -
        StateReplies        LSDCAPNX own   RWD  RW  RW  R   R   R   R   R   -   -   -   -
        StateReplies        W       other  R    R   -   -   -   -   -   -   -   -   -   -
        StakeholderInput    LSDCAPNX other RC   RC  -   -   -   -   RD  R   -   -   -   -
        StakeholderInput    LSDCAPNX own   RC   RC  -   -   -   -   RD  R   -   RW  -   -
        StakeholderInput    W       any    R    R   -   -   -   -   -   -   -   -   -   -
        ProtectedSender     LSDCAPNXW other -   -   -   -   -   -   -   -   -   -   -   -
        ProtectedSender     LSDCAPNX own   -    -   -   -   -   -   -   -   -   R   -   -
        DialogueRecord      LSDCAPNX any   RC   RC  -   RW  RW  RW  RW  R   -   -   -   -
        DialogueRecord      W       any    R    R   -   -   -   -   -   -   -   -   -   -
        DraftReport         LSDCAPNX other RC   RC  -   RW  RW  RW  RC  R   -   -   -   -
        DraftReport         LSDCAPNX own   RC   RC  R   RW  RW  RW  RC  R   -   -   -   -
        DraftReport         W       other  R    R   -   -   -   -   -   -   -   -   -   -
        StateComments       LSDCAPNX other RW   RW  -   R   R   R   R   R   -   -   -   -
        StateComments       LSDCAPNX own   RW   RW  RW  R   R   R   R   R   -   -   -   -
        StateComments       W       other  R    R   -   -   -   -   -   -   -   -   -   -
        AgreedReport        LSDCX   any    RD   R   R   R   R   R   R   R   -   -   -   -
        AgreedReport        AN      any    RD   R   R   R   R   R   R   R   R   -   -   -
        AgreedReport        P       any    RD   R   R   R   R   R   R   R   R   -   p   p
        AgreedReport        W       any    R    R   R   -   -   -   -   -   -   -   -   -
        ExecutiveSummary    LSDCX   any    RD   R   R   R   R   R   R   R   -   -   -   -
        ExecutiveSummary    AN      any    RD   R   R   R   R   R   R   R   R   -   R   -
        ExecutiveSummary    P       any    RD   R   R   R   R   R   R   R   R   p   R   p
        ExecutiveSummary    W       any    R    R   R   -   -   -   -   -   -   -   -   -
        Recommendations     LSDCX   any    RD   R   R   R   R   R   R   R   -   -   -   -
        Recommendations     AN      any    RD   R   R   R   R   R   R   R   R   -   -   -
        Recommendations     P       any    RD   R   R   R   R   R   R   R   R   p   p   p
        Recommendations     W       any    R    R   R   -   -   -   -   -   -   -   -   -
        ActionPlan          LSDCANX other  RWD  RW  -   R   RC  R   R   R   -   -   -   -
        ActionPlan          LSDCANX own    RWD  RW  RW  R   RC  R   R   R   -   -   -   -
        ActionPlan          P       other  RWD  RW  -   R   RC  R   R   R   p   p   p   p
        ActionPlan          W       other  R    R   -   -   -   -   -   -   -   -   -   -
        Status              LSDCAPN other  R    R   m   R   R   R   RW  R   R   m   m   m
        Status              LSDCAPN own    R    R   R   R   R   R   RW  R   R   m   m   m
        Status              X       other  R    R   m   R   R   R   RW  R   R   m   m   -
        Status              W       other  R    R   m   m   m   m   R   R   -   -   -   -
        AccessLog           LSDCAPNX other R    R   -   -   -   -   R   R   -   -   -   -
        AccessLog           LSDCAPNX own   R    R   -   R   R   R   R   R   -   -   -   -
        AccessLog           W       own    R    R   -   R   R   R   R   R   -   -   -   -
        Statistics          LSDCAPNXW any  R    R   -   R   R   R   R   R   R   R   R   R
        Clarifications      LSDCANX other  RW   RW  -   -   -   -   RW  R   -   -   -   -
        Clarifications      LSDCANX own    RW   RW  RW  -   -   -   RW  R   -   -   -   -
        Clarifications      P       other  RW   RW  -   p   p   p   RW  R   p   p   p   p
        Clarifications      W       other  R    R   -   -   -   -   -   -   -   -   -   -
        Commitments         LSDCANX any    RWD  RW  R   R   R   R   R   R   -   -   -   -
        Commitments         P       any    RWD  RW  R   R   R   R   R   R   p   p   p   p
        Commitments         W       any    R    R   R   -   -   -   -   -   -   -   -   -
        PublicationDecision LSDCAPNX any   RWD  RW  -   R   R   R   R   R   -   -   -   -
        PublicationDecision W       any    R    R   -   -   -   -   -   -   -   -   -   -
        UrgentPoint         LSDCAPNX any   RC   -   -   -   -   -   RC  -   -   -   -   -
        UrgentPoint         W       any    R    -   -   -   -   -   -   -   -   -   -   -
        """;

    /// <summary>Answers and files after submission by label, somebody else's item, nobody named. "none" is unlabelled.</summary>
    public const string Labels = """
        document            label        AUTH FP  CON EXP LED RFP COO HEA OBS STK OTH PUB
        SelfAssessment      RED          R    R   -   m   m   m   m   m   -   -   -   -
        SelfAssessment      AMBER+STRICT R    R   -   RC  RC  RC  m   m   -   -   -   -
        SelfAssessment      AMBER        R    R   -   RC  RC  RC  R   R   -   -   -   -
        SelfAssessment      none         R    R   -   RC  RC  RC  R   R   -   -   -   -
        SelfAssessment      GREEN        R    R   -   RC  RC  RC  R   R   R   -   -   -
        SelfAssessment      CLEAR        R    R   -   RC  RC  RC  R   R   R   -   -   -
        Evidence            RED          RW   RW  -   m   m   m   m   -   -   -   -   -
        Evidence            AMBER+STRICT RW   RW  -   R   R   R   m   -   -   -   -   -
        Evidence            AMBER        RW   RW  -   R   R   R   R   -   -   -   -   -
        Evidence            none         RW   RW  -   R   R   R   R   -   -   -   -   -
        Evidence            GREEN        RW   RW  -   R   R   R   R   -   -   -   -   -
        Evidence            CLEAR        RW   RW  -   R   R   R   R   -   -   -   -   -
        StateReplies        RED          RWD  RW  -   m   m   m   m   m   -   -   -   -
        StateReplies        AMBER+STRICT RWD  RW  -   R   R   R   m   m   -   -   -   -
        StateReplies        AMBER        RWD  RW  -   R   R   R   R   R   -   -   -   -
        StateReplies        CLEAR        RWD  RW  -   R   R   R   R   R   -   -   -   -
        """;
}
