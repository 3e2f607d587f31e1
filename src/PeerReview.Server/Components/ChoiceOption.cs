namespace PeerReview.Server.Components;

/// <summary>One thing to choose.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is read.</param>
/// <param name="Hint">What it means, where the label does not say it all.</param>
/// <param name="Language">The language of the label where it is not the page's.</param>
/// <param name="Disabled">Whether it is shown and cannot be chosen; the hint then says why.</param>
public sealed record ChoiceOption(string Value, string Label, string? Hint = null, string? Language = null, bool Disabled = false);
