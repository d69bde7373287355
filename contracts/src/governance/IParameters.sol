// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What the community may set, and nothing else: the fee within its cap, and who may be named in new orders.
/// @notice Owned by a timelock. No function here or elsewhere reaches balances or existing orders.
interface IParameters {
    event FeeChanged(uint16 feeBps, address recipient);
    event CurrencyAllowed(address indexed currency, bool allowed);
    event ArbitratorAllowed(address indexed arbitrator, bool allowed);

    /// @notice Thrown above 200 bps.
    error Parameters_FeeTooHigh(uint256 feeBps);
    error Parameters_InvalidRecipient();

    function setFee(uint16 feeBps, address recipient) external;
    function setCurrency(address currency, bool allowed) external;
    function setArbitrator(address arbitrator, bool allowed) external;

    function fee() external view returns (uint16 feeBps, address recipient);
    function currencyAllowed(address currency) external view returns (bool);
    function arbitratorAllowed(address arbitrator) external view returns (bool);
    /// @notice Everything a new order must satisfy, in one call.
    function check(address currency, address arbitrator)
        external
        view
        returns (bool currencyOk, bool arbitratorOk, uint16 feeBps);
}
