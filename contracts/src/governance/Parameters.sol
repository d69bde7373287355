// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IParameters} from "./IParameters.sol";

/// @title Parameters: see {IParameters}.
/// @notice Owned by OpenZeppelin's TimelockController, so every change is public before it acts.
contract Parameters is IParameters, Ownable {
    /// @notice The highest fee governance can ever set: 2 %.
    uint16 public constant MAX_FEE_BPS = 200;

    uint16 private _feeBps;
    address private _feeRecipient;
    mapping(address currency => bool) private _currencies;
    mapping(address arbitrator => bool) private _arbitrators;

    /// @param owner The timelock, or a deployer that hands over to it.
    /// @param feeRecipient Where fees would go; the fee itself starts at zero.
    constructor(address owner, address feeRecipient) Ownable(owner) {
        _setFee(0, feeRecipient);
    }

    /// @inheritdoc IParameters
    function setFee(uint16 feeBps, address recipient) external onlyOwner {
        _setFee(feeBps, recipient);
    }

    /// @inheritdoc IParameters
    function setCurrency(address currency, bool allowed) external onlyOwner {
        // Zero stands for the chain's native coin and is an entry like any other.
        _currencies[currency] = allowed;
        emit CurrencyAllowed(currency, allowed);
    }

    /// @inheritdoc IParameters
    function setArbitrator(address arbitrator, bool allowed) external onlyOwner {
        _arbitrators[arbitrator] = allowed;
        emit ArbitratorAllowed(arbitrator, allowed);
    }

    /// @inheritdoc IParameters
    function fee() external view returns (uint16 feeBps, address recipient) {
        return (_feeBps, _feeRecipient);
    }

    /// @inheritdoc IParameters
    function currencyAllowed(address currency) external view returns (bool) {
        return _currencies[currency];
    }

    /// @inheritdoc IParameters
    function arbitratorAllowed(address arbitrator) external view returns (bool) {
        return _arbitrators[arbitrator];
    }

    /// @inheritdoc IParameters
    function check(address currency, address arbitrator)
        external
        view
        returns (bool currencyOk, bool arbitratorOk, uint16 feeBps)
    {
        return (_currencies[currency], _arbitrators[arbitrator], _feeBps);
    }

    function _setFee(uint16 feeBps, address recipient) private {
        require(feeBps <= MAX_FEE_BPS, Parameters_FeeTooHigh(feeBps));
        // Also with a zero fee: orders placed under an older fee still pay it when they complete.
        require(recipient != address(0), Parameters_InvalidRecipient());
        (_feeBps, _feeRecipient) = (feeBps, recipient);
        emit FeeChanged(feeBps, recipient);
    }
}
