// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "./TestToken.sol";

/// @title Play money for newcomers on the embedded chain. Never deployed where money is real.
contract Faucet {
    /// @notice What a newcomer gets of one token, in base units.
    struct Gift {
        TestToken token;
        uint256 amount;
    }

    event Dripped(address indexed to);

    /// @notice Thrown when anybody but the operator asks: one with many keys could take the day's ration.
    error Faucet_Unauthorized(address caller);
    /// @notice Thrown when `to` was served less than a day ago.
    error Faucet_TooSoon(address to, uint256 nextAt);
    /// @notice Thrown when today's cap is used up.
    error Faucet_DailyCapReached(uint256 cap);
    /// @notice Thrown when the coin is used up or `to` refuses it.
    error Faucet_NativeTransferFailed(address to);

    uint256 private constant PERIOD = 1 days;
    uint256 private constant NATIVE_AMOUNT = 0.1 ether;

    /// @notice How many may be served per UTC day, all together.
    uint256 public immutable dailyCap;
    /// @notice Who may give, and counts by more than addresses.
    address public immutable operator;

    Gift[] private _gifts;
    mapping(address to => uint256) private _lastAt;
    mapping(uint256 day => uint256) private _served;

    constructor(Gift[] memory gifts_, uint256 dailyCap_, address operator_) payable {
        for (uint256 i = 0; i < gifts_.length; ++i) _gifts.push(gifts_[i]);
        (dailyCap, operator) = (dailyCap_, operator_);
    }

    /// @notice Refills the native coin.
    receive() external payable {}

    /// @notice What each newcomer gets besides 0.1 of the native coin.
    function gifts() external view returns (Gift[] memory) {
        return _gifts;
    }

    /// @notice Gives `to` every gift and 0.1 of the native coin, once in 24 hours. Only the operator gives.
    function drip(address to) external {
        require(msg.sender == operator, Faucet_Unauthorized(msg.sender));
        uint256 nextAt = _lastAt[to] + PERIOD;
        require(_lastAt[to] == 0 || block.timestamp >= nextAt, Faucet_TooSoon(to, nextAt));
        uint256 day = block.timestamp / PERIOD;
        require(_served[day] < dailyCap, Faucet_DailyCapReached(dailyCap));

        _lastAt[to] = block.timestamp;
        ++_served[day];
        emit Dripped(to);
        for (uint256 i = 0; i < _gifts.length; ++i) _gifts[i].token.mint(to, _gifts[i].amount);
        (bool ok,) = to.call{value: NATIVE_AMOUNT}("");
        require(ok, Faucet_NativeTransferFailed(to));
    }
}
