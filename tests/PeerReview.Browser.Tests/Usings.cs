global using Xunit;

[assembly: AssemblyFixture(typeof(PeerReview.Browser.Tests.Driving.Chromium))]
