using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Cli;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Stacks;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stacks;

/// <summary>By hand before what the database remembers before the default.</summary>
public sealed class StackChoiceTests : IAsyncLifetime
{
    private static readonly IStack Plain = new Named("plain");
    private static readonly IStack Further = new Named("further");
    private static readonly IReadOnlyList<IStack> Both = [Plain, Further];

    private TestDatabase _test = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _test = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_new_database_gets_the_stack_built_in_addition_and_keeps_it()
    {
        Assert.Same(Further, await SettleAsync(null, Both));
        Assert.Equal(["further"], await RememberedAsync());
        Assert.Same(Further, await SettleAsync(null, Both));
    }

    [Fact]
    public async Task A_database_stays_on_its_stack_when_a_further_one_is_built_in()
    {
        Assert.Same(Plain, await SettleAsync(null, [Plain]));

        Assert.Same(Plain, await SettleAsync(null, Both));
        Assert.Equal(["plain"], await RememberedAsync());
    }

    [Fact]
    public async Task Another_stack_is_taken_by_hand_and_remembered_from_then_on()
    {
        await SettleAsync(null, [Plain]);

        Assert.Same(Further, await SettleAsync(Further, Both));
        Assert.Same(Further, await SettleAsync(null, Both));
        Assert.Same(Plain, await SettleAsync(Plain, Both));
        Assert.Equal(["plain"], await RememberedAsync());
    }

    [Fact]
    public async Task A_stack_that_is_not_built_is_refused_until_another_one_is_chosen_by_hand()
    {
        await SettleAsync(Further, Both);

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => SettleAsync(null, [Plain]));

        Assert.Equal(
            "This database runs on the stack \"further\", which this program was built without. Build it with that stack "
            + "(README, \"Stacks\"), or change over with --stack plain.",
            refused.Message);
        Assert.Equal(["further"], await RememberedAsync());
        Assert.Same(Plain, await SettleAsync(Plain, [Plain]));
        Assert.Same(Plain, await SettleAsync(null, Both));
    }

    [Fact]
    public async Task Programs_that_start_at_once_on_a_new_database_agree()
    {
        IReadOnlyList<IStack> turned = [Further, Plain];

        var settled = await Task.WhenAll(Enumerable.Range(0, 8).Select(one => Task.Run(() => SettleAsync(null, one % 2 == 0 ? Both : turned), Cancel)));

        Assert.Single(settled.Distinct());
        Assert.Equal([settled[0].Name], await RememberedAsync());
    }

    [Fact]
    public void What_runs_and_why_is_said_where_there_was_a_choice()
    {
        Assert.Null(StackOption.Sentence(Plain, Plain, [Plain]));
        Assert.Equal("Stack: further (the default of this program)", StackOption.Sentence(Further, null, Both));
        Assert.Equal("Stack: plain (this database runs on it; --stack further changes over)", StackOption.Sentence(Plain, null, Both));
        Assert.Equal("Stack: plain (chosen by hand, remembered by the database)", StackOption.Sentence(Plain, Plain, Both));
        Assert.Equal("Stack: further (chosen by hand, remembered by the database)", StackOption.Sentence(Further, Further, Both));
    }

    [Fact]
    public async Task A_program_that_does_not_start_on_the_stack_chosen_by_hand_leaves_the_database_on_its_own()
    {
        await SettleAsync(null, [Plain]);
        var options = new AppOptions(_test.Connections, Path.GetTempPath(), ["http://127.0.0.1:0"], ManualClock: true) { Stack = Further };

        await Assert.ThrowsAsync<NotSupportedException>(() => PeerReview.Server.App.BuildAsync(options, Cancel));

        Assert.Equal(["plain"], await RememberedAsync());
    }

    /// <summary>As a program that starts does it.</summary>
    private async Task<IStack> SettleAsync(IStack? byHand, IReadOnlyList<IStack> built)
    {
        var stack = await StackChoice.SettleAsync(_test.Database, byHand, built, Cancel);
        if (byHand is not null)
            await StackChoice.RememberAsync(_test.Database, byHand, Cancel);
        return stack;
    }

    private Task<IReadOnlyList<string>> RememberedAsync() =>
        _test.AsOwnerAsync<string>("SELECT value FROM app.setting WHERE key = 'stack'");

    private sealed record Named(string Name) : IStack
    {
        public IReadOnlyList<StackPart> Parts => [];

        public void Add(IServiceCollection services, AppOptions options) => throw new NotSupportedException();
    }
}
