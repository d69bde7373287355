// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Account} from "./Account.sol";

/// @title Creates accounts at addresses known before they exist: an account can receive before its first operation deploys it.
/// @notice The first signers are part of the address, so nobody can create it for other signers.
contract AccountFactory {
    using Clones for address;

    /// @notice Emitted once per account.
    event AccountCreated(address indexed account, bytes[] signers, uint64 threshold, bytes32 salt);

    address public immutable implementation;

    constructor(address implementation_) {
        implementation = implementation_;
    }

    /// @notice Creates the account, or returns the existing one.
    function create(bytes[] calldata signers, uint64 threshold, bytes32 salt) external returns (address account) {
        bytes32 key = _key(signers, threshold, salt);
        account = implementation.predictDeterministicAddress(key);
        if (account.code.length != 0) return account;
        emit AccountCreated(account, signers, threshold, salt);
        implementation.cloneDeterministic(key);
        Account(payable(account)).initialize(signers, threshold);
    }

    /// @notice Where {create} puts the account with the same arguments.
    function predict(bytes[] calldata signers, uint64 threshold, bytes32 salt) external view returns (address) {
        return implementation.predictDeterministicAddress(_key(signers, threshold, salt));
    }

    function _key(bytes[] calldata signers, uint64 threshold, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(signers, threshold, salt));
    }
}
