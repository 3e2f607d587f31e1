using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using Xunit;

namespace PeerReview.Core.Tests.Process;

public sealed class ProcessJsonTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(1234560);
    private static readonly PersonId Person = new(Guid.Parse("0192a5e1-0000-7000-8000-000000000001"));

    /// <summary>One of each kind: the ledger format. A line changes only by a new kind.</summary>
    public static TheoryData<string, string> Samples => new()
    {
        { "launched", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"STATE_AUTH","skip":["stake_call"],"subject":"national","variant":"light"}""" },
        { "part_completed", """{"at":"2026-03-02T12:00:00.123456+00:00","branch":"e1","passed":[],"person":"0192a5e1-0000-7000-8000-000000000001","role":"REV_EXPERT","stage":"desk_review"}""" },
        { "failure_declared", """{"at":"2026-03-02T12:00:00.123456+00:00","branch":"AAA","person":"0192a5e1-0000-7000-8000-000000000001","role":"REV_FP","stage":"agree"}""" },
        { "returned", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"COORD","stage":"complete","to":"self_assess"}""" },
        { "right_waived", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"STATE_FP","stage":"objection"}""" },
        { "skip_chosen", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"COORD","stage":"stake_call"}""" },
        { "extended", """{"at":"2026-03-02T12:00:00.123456+00:00","days":30,"person":"0192a5e1-0000-7000-8000-000000000001","role":"COORD","stage":"self_assess"}""" },
        { "silence_counted", """{"at":"2026-03-02T12:00:00.123456+00:00","branch":"CCC","effect":"consent","stage":"endorse"}""" },
        { "clock_paused", """{"at":"2026-03-02T12:00:00.123456+00:00","party":"subject","person":"0192a5e1-0000-7000-8000-000000000001","reason":"translation","role":"COORD"}""" },
        { "clock_resumed", """{"at":"2026-03-02T12:00:00.123456+00:00","party":"subject","person":"0192a5e1-0000-7000-8000-000000000001","role":"COORD"}""" },
        { "variant_changed", """{"at":"2026-03-02T12:00:00.123456+00:00","from":"desk","person":"0192a5e1-0000-7000-8000-000000000001","role":"STATE_AUTH","to":"light"}""" },
        { "deferred", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"STATE_AUTH","rule":1,"until":"2026-06-01"}""" },
        { "suspended", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"00000000-0000-0000-0000-000000000000","role":"SYSTEM"}""" },
        { "resumed", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"STATE_AUTH"}""" },
        { "withdrawn", """{"at":"2026-03-02T12:00:00.123456+00:00","person":"0192a5e1-0000-7000-8000-000000000001","role":"STATE_AUTH"}""" },
        { "branch_replaced", """{"at":"2026-03-02T12:00:00.123456+00:00","from":"e1","over":"expert","person":"0192a5e1-0000-7000-8000-000000000001","role":"COORD","to":"e9"}""" },
        { "deadline_set", """{"at":"2026-03-02T12:00:00.123456+00:00","day":"2026-05-01","stage":"self_assess","starts":"2026-03-02","why":"opened","zone":"Africa/Nairobi"}""" },
        { "stage_opened", """{"at":"2026-03-02T12:00:00.123456+00:00","branches":[{"key":"e1","over":"expert"}],"condition":"working_language_differs","quorum":[1],"stage":"desk_review"}""" },
        { "stage_skipped", """{"at":"2026-03-02T12:00:00.123456+00:00","cause":"no_branches","stage":"endorse"}""" },
        { "branch_opened", """{"at":"2026-03-02T12:00:00.123456+00:00","key":"e9","over":"expert","stage":"desk_review"}""" },
        { "part_closed", """{"at":"2026-03-02T12:00:00.123456+00:00","branch":"e1","how":"dropped","stage":"desk_review"}""" },
        { "stage_closed", """{"at":"2026-03-02T12:00:00.123456+00:00","how":"done","stage":"desk_review"}""" },
        { "stage_reset", """{"at":"2026-03-02T12:00:00.123456+00:00","cause":"returned","stage":"self_assess"}""" },
        { "review_closed", """{"at":"2026-03-02T12:00:00.123456+00:00"}""" },
    };

    [Theory, MemberData(nameof(Samples))]
    public void A_stored_event_comes_back_as_it_was_written(string kind, string body)
    {
        var @event = ProcessJson.Read(kind, body);

        Assert.Equal(kind, ProcessJson.KindOf(@event));
        Assert.Equal(body, ProcessJson.Write(@event));
        Assert.Equal(At, @event.At);
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_body_is_canonical_as_it_is_written(string kind, string body) =>
        Assert.True(CanonicalJson.Is(System.Text.Encoding.UTF8.GetBytes(ProcessJson.Write(ProcessJson.Read(kind, body)))));

    [Fact]
    public void Every_kind_has_its_sample()
    {
        var kinds = typeof(ProcessEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(ProcessEvent)))
            .Select(t => JsonNamingPolicy.SnakeCaseLower.ConvertName(t.Name));

        Assert.Equal(kinds.Order(StringComparer.Ordinal), Samples.Select(s => s.Data.Item1).Order(StringComparer.Ordinal));
        Assert.All(Samples, s => Assert.True(ProcessJson.Knows(s.Data.Item1)));
        Assert.False(ProcessJson.Knows("text_written"));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_kind_folds_in_every_state(string kind, string body)
    {
        var @event = ProcessJson.Read(kind, body);
        ProcessState[] states =
        [
            ProcessState.Initial(Shipped.Voluntary),
            Review.Launched("light").State,
            Review.At("desk", "desk_review").State,
        ];

        foreach (var state in states)
            Assert.NotNull(state.Evolve(@event));
    }

    [Theory]
    [InlineData("launched", "{}")]
    [InlineData("stage_closed", """{"at":"2026-03-02T12:00:00+00:00","how":"well","stage":"x"}""")]
    [InlineData("review_closed", """{"at":"2026-03-02T12:00:00+00:00","by":"x"}""")]
    public void A_body_that_does_not_fit_its_kind_is_refused(string kind, string body) =>
        Assert.ThrowsAny<JsonException>(() => ProcessJson.Read(kind, body));

    [Fact]
    public void The_state_is_short_and_belongs_to_its_definition()
    {
        var review = Review.At("light", "clarify");
        var text = ProcessJson.WriteState(review.State);

        Assert.Equal(review.State, ProcessJson.ReadState(review.Definition, text));
        Assert.True(text.Length < 6000, $"{text.Length} characters");
        Assert.Throws<JsonException>(() => ProcessJson.ReadState(Shipped.Read("vnr-like.v1.yaml"), text));
    }

    [Fact]
    public void No_event_holds_more_than_ids_codes_days_and_instants()
    {
        Type[] allowed =
        [
            typeof(DateTimeOffset), typeof(DateOnly), typeof(PersonId), typeof(int), typeof(string), typeof(ImmutableArray<string>),
            typeof(ImmutableArray<int>), typeof(ImmutableArray<BranchKey>),
        ];
        var properties = typeof(ProcessEvent).GetNestedTypes().SelectMany(t => t.GetProperties()).Where(p => p.Name != "EqualityContract");

        Assert.All(properties, p => Assert.True(p.PropertyType.IsEnum || allowed.Contains(p.PropertyType), $"{p.DeclaringType}.{p.Name}"));
    }
}
