using PeerReview.Core.Ports;
using PeerReview.Server.Stacks.Embedded;
using Xunit;

namespace PeerReview.Conformance;

/// <summary>The embedded stack's letters.</summary>
public sealed class HandlebarsLettersTests : LetterConformance
{
    protected override ILetterRenderer Renderer { get; } = new HandlebarsLetters();

    [Theory]
    [InlineData("{{ if left }}x{{ end }}")]
    [InlineData("{{#if left}}x{{/if}}")]
    [InlineData("{{ left | string.upcase }}")]
    [InlineData("{{> other }}")]
    [InlineData("{{ left.Length }}")]
    public void More_than_plain_variables_says_which_stack_takes_it(string text) =>
        Assert.Contains("need the stack elsa: start with --stack elsa", Renderer.Check(text, ["left"])[0].What, StringComparison.Ordinal);
}
