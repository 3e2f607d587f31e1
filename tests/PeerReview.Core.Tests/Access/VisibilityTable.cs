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
        LaunchNotice        LSDCFAPN any    RWD  RW  R   R   R   R   R   R   R   m   m   m
        LaunchNotice        X       any    RWD  RW  R   R   R   R   R   R   R   m   m   -
        LaunchNotice        W       any    R    R   R   -   -   -   R   R   -   -   -   -
        DrawRecord          LSDCFAPN any    R    R   -   R   R   R   RW  RD  R   -   R   R
        DrawRecord          X       any    R    R   -   R   R   R   RW  RD  R   -   R   -
        DrawRecord          W       any    R    R   -   -   -   -   R   R   -   -   -   -
        ExpertNames         LSDCFAPNX any   R    R   -   R   R   R   R   R   R   -   -   -
        ExpertNames         W       any    R    R   -   -   -   -   -   -   -   -   -   -
        Invitations         LSDCFAPNX other -    -   -   -   -   -   R   R   -   -   -   -
        Invitations         LSDCFAPNX own   -    -   -   RW  RW  RW  R   R   -   -   -   -
        Invitations         W       any    -    -   -   -   -   -   -   -   -   -   -   -
        Declarations        LSDCFAPNX other RC   RC  -   -   -   -   R   RD  -   -   -   -
        Declarations        LSDCFAPNX own   RC   RC  -   RW  RW  RW  R   RD  -   -   -   -
        Declarations        W       other  R    R   -   -   -   -   -   -   -   -   -   -
        Declarations        W       own    R    R   -   R   R   R   -   -   -   -   -   -
        SelfAssessment      LX      other  RWD  RW  -   -   -   -   -   -   -   -   -   -
        SelfAssessment      LX      own    RWD  RW  RW  -   -   -   -   -   -   -   -   -
        SelfAssessment      SDCFAPN  other  R    R   -   RC  RC  RC  R   R   R   -   -   -
        SelfAssessment      SDCFAPN  own    R    R   R   RC  RC  RC  R   R   R   -   -   -
        SelfAssessment      W       other  R    R   -   -   -   -   -   -   -   -   -   -
        SelfAssessment      W       own    R    R   R   -   -   -   -   -   -   -   -   -
        Evidence            LX      other  RW   RW  -   -   -   -   -   -   -   -   -   -
        Evidence            LX      own    RW   RW  RW  -   -   -   -   -   -   -   -   -
        Evidence            SDCFAPN  other  RW   RW  -   R   R   R   R   -   -   -   -   -
        Evidence            SDCFAPN  own    RW   RW  RW  R   R   R   R   -   -   -   -   -
        Evidence            W       own    R    R   R   -   -   -   -   -   -   -   -   -
        WorkingNotes        LSX     other  -    -   -   -   -   -   -   -   -   -   -   -
        WorkingNotes        DCFAPN   other  -    -   -   R   R   R   -   -   -   -   -   -
        WorkingNotes        LSDCFAPNX own   -    -   -   RW  RW  RW  -   -   -   -   -   -
        WorkingNotes        W       other  -    -   -   -   -   -   -   -   -   -   -   -
        WorkingNotes        W       own    -    -   -   R   R   R   -   -   -   -   -   -
        ReviewerComments    LSX     other  -    -   -   -   -   -   -   -   -   -   -   -
        ReviewerComments    LSX     own    -    -   -   RW  RW  RW  -   -   -   -   -   -
        ReviewerComments    D       other  -    -   -   R   RW  R   R   R   -   -   -   -
        ReviewerComments    D       own    -    -   -   RW  RW  RW  R   R   -   -   -   -
        ReviewerComments    CFAPN    other  R    R   -   R   RW  R   R   R   -   -   -   -
        ReviewerComments    CFAPN    own    R    R   R   RW  RW  RW  R   R   -   -   -   -
        ReviewerComments    W       any    -    -   -   -   -   -   -   -   -   -   -   -
        CommentRemarks      LSX     any    -    -   -   -   -   -   -   -   -   -   -   -
        CommentRemarks      DCF     any    -    -   -   RW  RW  R   R   R   -   -   -   -
        CommentRemarks      APN     any    -    -   -   R   R   R   R   R   -   -   -   -
        CommentRemarks      W       any    -    -   -   -   -   -   -   -   -   -   -   -
        StateReplies        LSDCFAPNX other RWD  RW  -   R   R   R   R   R   -   -   -   -
        StateReplies        LSDCFAPNX own   RWD  RW  RW  R   R   R   R   R   -   -   -   -
        StateReplies        W       other  R    R   -   -   -   -   -   -   -   -   -   -
        StakeholderInput    LSDCFAPNX other -    -   -   -   -   -   RD  R   -   -   -   -
        StakeholderInput    LSDCFAPNX own   -    -   -   -   -   -   RD  R   -   RW  -   -
        StakeholderInput    W       any    -    -   -   -   -   -   -   -   -   -   -   -
        ProtectedSender     LSDCFAPNXW other -   -   -   -   -   -   -   -   -   -   -   -
        ProtectedSender     LSDCFAPNX own   -    -   -   -   -   -   -   -   -   R   -   -
        DialogueRecord      LSDCFAPNX any   RC   RC  -   RW  RW  RW  RW  R   -   -   -   -
        DialogueRecord      W       any    R    R   -   -   -   -   -   -   -   -   -   -
        DraftReport         LSDCX    other -    -   -   RW  RW  RW  RC  R   -   -   -   -
        DraftReport         FAPN     other RC   RC  -   RW  RW  RW  RC  R   -   -   -   -
        DraftReport         LSDCX    own   -    -   -   RW  RW  RW  RC  R   -   -   -   -
        DraftReport         FAPN     own   RC   RC  R   RW  RW  RW  RC  R   -   -   -   -
        DraftReport         W       other  -    -   -   -   -   -   -   -   -   -   -   -
        StateComments       LSDCFAPNX other RW   RW  -   R   R   R   R   R   -   -   -   -
        StateComments       LSDCFAPNX own   RW   RW  RW  R   R   R   R   R   -   -   -   -
        StateComments       W       other  R    R   -   -   -   -   -   -   -   -   -   -
        AgreedReport        LSDCFX   any    RD   R   R   R   R   R   R   R   -   -   -   -
        AgreedReport        AN      any    RD   R   R   R   R   R   R   R   R   -   -   -
        AgreedReport        P       any    RD   R   R   R   R   R   R   R   R   -   p   p
        AgreedReport        W       any    R    R   R   -   -   -   -   -   -   -   -   -
        ExecutiveSummary    LSDCFX   any    RD   R   R   R   R   R   R   R   -   -   -   -
        ExecutiveSummary    AN      any    RD   R   R   R   R   R   R   R   R   -   R   -
        ExecutiveSummary    P       any    RD   R   R   R   R   R   R   R   R   p   R   p
        ExecutiveSummary    W       any    R    R   R   -   -   -   -   -   -   -   -   -
        Recommendations     LSDCFX   any    RD   R   R   R   R   R   R   R   -   -   -   -
        Recommendations     AN      any    RD   R   R   R   R   R   R   R   R   -   -   -
        Recommendations     P       any    RD   R   R   R   R   R   R   R   R   p   p   p
        Recommendations     W       any    R    R   R   -   -   -   -   -   -   -   -   -
        ActionPlan          LSDCFANX other  RWD  RW  -   R   RC  R   R   R   -   -   -   -
        ActionPlan          LSDCFANX own    RWD  RW  RW  R   RC  R   R   R   -   -   -   -
        ActionPlan          P       other  RWD  RW  -   R   RC  R   R   R   p   p   p   p
        ActionPlan          W       other  R    R   -   -   -   -   -   -   -   -   -   -
        Status              LSDCFAPN other  R    R   m   R   R   R   RW  R   R   m   m   m
        Status              LSDCFAPN own    R    R   R   R   R   R   RW  R   R   m   m   m
        Status              X       other  R    R   m   R   R   R   RW  R   R   m   m   -
        Status              W       other  R    R   m   m   m   m   R   R   -   -   -   -
        AccessLog           LSDCFAPNX other R    R   -   -   -   -   R   R   -   -   -   -
        AccessLog           LSDCFAPNX own   R    R   -   R   R   R   R   R   -   -   -   -
        AccessLog           W       own    R    R   -   R   R   R   R   R   -   -   -   -
        Statistics          LSDCFAPNXW any  R    R   -   R   R   R   R   R   R   R   R   R
        Clarifications      LSDCFANX other  RW   RW  -   -   -   -   RW  R   -   -   -   -
        Clarifications      LSDCFANX own    RW   RW  RW  -   -   -   RW  R   -   -   -   -
        Clarifications      P       other  RW   RW  -   p   p   p   RW  R   p   p   p   p
        Clarifications      W       other  R    R   -   -   -   -   -   -   -   -   -   -
        Commitments         LSDCFANX any    RWD  RW  R   R   R   R   R   R   -   -   -   -
        Commitments         P       any    RWD  RW  R   R   R   R   R   R   p   p   p   p
        Commitments         W       any    R    R   R   -   -   -   -   -   -   -   -   -
        PublicationDecision LSDCFAPNX any   RWD  RW  -   R   R   R   R   R   -   -   -   -
        PublicationDecision W       any    R    R   -   -   -   -   -   -   -   -   -   -
        UrgentPoint         LSDCFAPNX any   RC   -   -   -   -   -   RC  -   -   -   -   -
        UrgentPoint         W       any    R    -   -   -   -   -   -   -   -   -   -   -
        PrivateQuestion     LSDCFAPNX other RC   RC  -   -   -   -   -   -   -   -   -   -
        PrivateQuestion     LSDCFAPNX own   RC   RC  -   RW  RW  R   -   -   -   -   -   -
        PrivateQuestion     W       any    R    R   -   -   -   -   -   -   -   -   -   -
        Endorsement         LX      any    R    R   -   -   -   -   R   R   -   -   -   -
        Endorsement         SDCFAPN any    R    R   -   R   R   R   R   R   -   -   -   -
        Endorsement         W       any    R    R   -   -   -   -   -   -   -   -   -   -
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
