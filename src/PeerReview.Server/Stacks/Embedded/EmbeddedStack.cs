using HandlebarsDotNet;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using Quartz;

namespace PeerReview.Server.Stacks.Embedded;

/// <summary>The stack that is always there: our interpreter, Quartz, Handlebars.</summary>
internal sealed class EmbeddedStack : IStack
{
    public string Name => "embedded";

    public IReadOnlyList<StackPart> Parts { get; } =
        [StackPart.Of<IScheduler>("Quartz"), StackPart.Of<IHandlebars>("Handlebars.Net")];

    public void Add(IServiceCollection services, AppOptions options) => services
        .AddSingleton<IProcessEngine, InterpreterEngine>()
        .AddSingleton<ILetterRenderer, HandlebarsLetters>()
        .AddSingleton<IRecurringWork>(provider => new QuartzRecurringWork(
            options.Connections,
            QuartzRhythm.Default,
            provider.GetRequiredService<RecurringWorkMetrics>(),
            provider.GetRequiredService<ILoggerFactory>()));
}
