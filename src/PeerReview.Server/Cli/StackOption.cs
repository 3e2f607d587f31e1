using System.CommandLine;
using System.CommandLine.Parsing;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Cli;

/// <summary>The stack chosen by hand, for verbs that serve; without it the database decides.</summary>
internal sealed class StackOption
{
    /// <summary>Names the stack where the option does not.</summary>
    public const string Variable = "PEERREVIEW_STACK";

    private static readonly string Built = string.Join(" or ", BuiltStacks.All.Select(one => one.Name));

    private readonly Option<IStack?> _stack = new("--stack")
    {
        Description = $"The stack this database runs on from now on: {Built} (or {Variable}). Without it: the one it runs on.",
        HelpName = "NAME",
        CustomParser = result => Find(result.Tokens.Single().Value, result),
        DefaultValueFactory = result =>
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? Find(name, result) : null,
    };

    /// <summary>Adds the option to a verb.</summary>
    public Command AddTo(Command verb)
    {
        verb.Options.Add(_stack);
        return verb;
    }

    /// <summary>The stack chosen, or null.</summary>
    public IStack? Of(ParseResult parsed) => parsed.GetValue(_stack);

    /// <summary>Says what runs and why, where there was something to choose.</summary>
    public static async Task SayAsync(WebApplication app)
    {
        if (Sentence(app.Services.GetRequiredService<IStack>(), app.Services.GetRequiredService<AppOptions>().Stack, BuiltStacks.All) is { } sentence)
            await Console.Error.WriteLineAsync(sentence);
    }

    internal static string? Sentence(IStack running, IStack? byHand, IReadOnlyList<IStack> built)
    {
        if (built.Count == 1)
            return null;
        var why = (byHand, running) switch
        {
            (not null, _) => "chosen by hand, remembered by the database",
            _ when running == built[^1] => "the default of this program",
            _ => $"this database runs on it; --stack {built[^1].Name} changes over",
        };
        return $"Stack: {running.Name} ({why})";
    }

    private static IStack? Find(string name, ArgumentResult result)
    {
        var stack = BuiltStacks.Find(name);
        if (stack is null)
            result.AddError($"There is no stack \"{name}\" in this program. It is built with {Built}; the README says under \"Stacks\" how another one gets in.");
        return stack;
    }
}
