using System.Collections.Immutable;

namespace PeerReview.Server.Platform.Letters;

/// <summary>The one form a letter may have: text with plain <c>{{ name }}</c> variables, nothing of any template language.</summary>
public static class LetterText
{
    /// <summary>The variables of a text in their order, each with its line, and what else in double braces is wrong.</summary>
    public static (ImmutableArray<Variable> Variables, ImmutableArray<Fault> Faults) Read(string text)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        var faults = ImmutableArray.CreateBuilder<Fault>();
        var line = 1;
        foreach (var row in text.Split('\n'))
        {
            ReadLine(row, line, variables, faults);
            line++;
        }

        return (variables.ToImmutable(), faults.ToImmutable());
    }

    private static void ReadLine(
        string row, int line, ImmutableArray<Variable>.Builder variables, ImmutableArray<Fault>.Builder faults)
    {
        var at = 0;
        while (at < row.Length)
        {
            var open = row.IndexOf("{{", at, StringComparison.Ordinal);
            var close = row.IndexOf("}}", at, StringComparison.Ordinal);
            if (open < 0 && close < 0)
                return;
            if (open < 0 || (close >= 0 && close < open))
            {
                faults.Add(new Fault(line, "'}}' closes nothing; write {{ name }}."));
                return;
            }

            if (close < 0)
            {
                faults.Add(new Fault(line, "'{{' is not closed on its line; write {{ name }}."));
                return;
            }

            var name = row[(open + 2)..close].Trim(' ');
            if (!IsName(name) || (close + 2 < row.Length && row[close + 2] == '}'))
                faults.Add(new Fault(line, $"'{{{{{row[(open + 2)..close]}}}}}' is no variable; only {{{{ name }}}} with a-z, 0-9 and _ is."));
            else
                variables.Add(new Variable(name, line));
            at = close + 2;
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>A variable and the line it stands on, from 1.</summary>
    public readonly record struct Variable(string Name, int Line);

    /// <summary>What is wrong and what to do, with its line, from 1.</summary>
    public readonly record struct Fault(int Line, string What);
}
